"""Compiles every CUDA twin to machine code for every capability, without a GPU, and writes what each kernel needs.

Run: python -m tests.tools.cubins            prints the page
     python -m tests.tools.cubins --write    writes docs/gpu-kernels.md
"""

import argparse
import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import kernels
from kernels.cuda_compiled import Twin

PAGE = Path(__file__).resolve().parents[2] / "docs" / "gpu-kernels.md"
CAPABILITIES = (75, 80, 86, 89, 90, 100, 120)
STORED = ("uint8", "uint16", "int16", "float32")
MADE = ("float32", "float16")

_AXIS = "int64[::1], float32[:,::1]"
_PLACES = "int32[:,::1]"
_MAPS = "float32[:,:,:,::1]"


@dataclass(frozen=True, slots=True)
class Needs:
    """What one kernel takes of a multiprocessor.

    Args:
        registers: of a thread.
        shared_bytes: of a block.
        stack_bytes: of a thread, in slow memory.
        spilled_bytes: of a thread, written to slow memory for want of registers.
    """

    registers: int
    shared_bytes: int
    stack_bytes: int
    spilled_bytes: int


@dataclass(frozen=True, slots=True)
class Compiled:
    """One twin with one combination of argument types.

    Args:
        twin: its name.
        form: the types that vary, or nothing.
        ptx: assembly for the lowest capability.
        needs: for each of `CAPABILITIES`.
    """

    twin: str
    form: str
    ptx: str
    needs: dict[int, Needs]


def twins() -> dict[str, Twin]:
    """Every twin of the package, by name."""
    modules = [importlib.import_module(f"kernels.{found.name}") for found in pkgutil.iter_modules(kernels.__path__)]
    return {
        value.name: value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, Twin) and value.function.__module__ == module.__name__
    }


def argument_types() -> dict[str, dict[str, str]]:
    """For each twin the argument types it is launched with, by what varies in them."""
    prepare = (
        f"{{}}[:,:,::1], {_AXIS}, {_AXIS}, {_AXIS}, float32, float32, boolean, float32[::1], float32[::1], {_PLACES}, "
        "int64, {}[:,:,:,:,::1]"
    )
    stitch = (
        f"{{0}}[:,:,:,:,::1], {{0}}[:,:,:,:,::1], float32[::1], float32[::1], float32[::1], {_PLACES}, int64, int64, "
    )
    return {
        "prepare_columns": {f"{stored} to {made}": prepare.format(stored, made) for stored in STORED for made in MADE},
        "stitch_tile": {made: stitch.format(made) + f"{_MAPS}, float32[:,:,::1]" for made in MADE},
        "mark_unsound": {"": "float32[::1], float32, float32, int32[::1]"},
        "mark_reaching": {"": "float32[::1], int64, float32, int32[::1]"},
        "collect_peaks": {"": f"{_MAPS}, uint32[:,:,:,::1], float32, int64[::1], int32[::1]"},
        "find_last_key": {"": "int64[::1], int32[::1], int64, int32[::1], int64[::1]"},
        "rank_peaks": {
            "": "float32[::1], int64, int64[::1], int32[::1], int64[::1], int64[::1], int32[::1], "
            "float32[::1], int64[::1], int64[::1]"
        },
        "write_boxes_twin": {"": f"{_MAPS}, {_MAPS}, int64[::1], int32[::1], int64, float32[:,::1]"},
        "mark_covered": {"": "float32[:,::1], int64[::1], int32[::1], float64, uint32[:,::1]"},
        "keep_uncovered": {"": "int32[::1], uint32[:,::1], boolean[::1]"},
        "begin_alone": {"": "float32[::1], int32[::1]"},
        "join_neighbours": {"": "float32[:,:,::1], int32[::1]"},
        "mark_joined": {"": "int32[::1], int64, boolean[::1]"},
        "count_each_twin": {stored: f"{stored}[::1], int64, int64[::1]" for stored in STORED[:3]},
        "count_leading_twin": {"float32": "uint32[::1], int64[::1]"},
        "count_trailing_twin": {"float32": "uint32[::1], int32[::1], int64[:,::1]"},
        "add_rows_twin": {
            stored: f"{stored}[:,:,:,::1], float32, float32, float32, int64[:,:,::1]" for stored in STORED
        },
    }


def compiled(capabilities: tuple[int, ...] = CAPABILITIES) -> Iterator[Compiled]:
    """Compiles all of it; each combination once to the linker's form, which is then finished for each capability.

    Raises:
        ValueError: a twin has no argument types here, or the other way round.
    """
    listed, found = argument_types(), twins()
    if listed.keys() != found.keys():
        raise ValueError(f"the lists of twins differ in {sorted(listed.keys() ^ found.keys())}")
    for name, forms in listed.items():
        for form, arguments in forms.items():
            yield _compiled(found[name], form, arguments, capabilities)


def _compiled(twin: Twin, form: str, arguments: str, capabilities: tuple[int, ...]) -> Compiled:
    from numba import cuda  # noqa: PLC0415  # of the extra `gpu`, which the rest of the tests do without

    lowest = divmod(min(capabilities), 10)
    code = twin.device_code()
    ptx, linkable = (
        cuda.compile(code, f"void({arguments})", device=False, abi="numba", cc=lowest, output=output)[0]
        for output in ("ptx", "ltoir")
    )
    return Compiled(twin.name, form, ptx, {capability: _linked(linkable, capability) for capability in capabilities})


def _linked(linkable: bytes, capability: int) -> Needs:
    from cuda.core import Linker, LinkerOptions, ObjectCode  # noqa: PLC0415  # as above

    options = LinkerOptions(arch=f"sm_{capability}", link_time_optimization=True, verbose=True)
    linker = Linker(ObjectCode.from_ltoir(linkable), options=options)
    linker.link("cubin")
    log = linker.get_info_log()

    def told(pattern: str) -> int:
        return sum(int(number) for number in re.findall(pattern, log))

    return Needs(
        registers=told(r"Used (\d+) registers"),
        shared_bytes=told(r"(\d+) bytes smem"),
        stack_bytes=told(r"(\d+) bytes stack frame"),
        spilled_bytes=told(r"(\d+) bytes spill (?:stores|loads)"),
    )


def page(rows: list[Compiled]) -> str:
    """The page of the manual, in Markdown."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("numba-cuda", "nvidia-nvvm", "nvidia-nvjitlink"))
    capabilities = list(rows[0].needs)
    lines = [
        "# What the CUDA kernels need",
        "",
        "Written by `python -m tests.tools.cubins --write`, which compiles every kernel to machine code and needs no",
        "GPU; `make check` compiles them too, and fails where one keeps anything in slow memory for want of registers.",
        f"Compiled with {versions}.",
        "",
        "| kernel | types | shared bytes a block | registers a thread: "
        + " | ".join(f"sm_{c}" for c in capabilities)
        + " |",
        "|---|---|---|" + "---|" * len(capabilities),
    ]
    for row in rows:
        shared = max(needs.shared_bytes for needs in row.needs.values())
        registers = " | ".join(str(needs.registers) for needs in row.needs.values())
        lines.append(f"| {row.twin} | {row.form} | {shared or ''} | {registers} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.tools.cubins", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"writes docs/{PAGE.name}")
    write = parser.parse_args().write
    rows = list(compiled())
    if write:
        PAGE.write_text(page(rows))
    else:
        sys.stdout.write(page(rows))
    spilled = [
        f"{row.twin} {row.form}" for row in rows if any(n.spilled_bytes or n.stack_bytes for n in row.needs.values())
    ]
    if spilled:
        sys.stderr.write(f"kept in slow memory: {', '.join(spilled)}\n")
    return 1 if spilled else 0


if __name__ == "__main__":
    sys.exit(main())
