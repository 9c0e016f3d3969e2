"""`fovea models verify`: a package's hashes and signature, and whether each run time here answers as the reference."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from app.cli.kernel_cache import say_if_compiling
from app.cli.printing import print_json, print_table
from engine.detect.choose import REFERENCE, backends, full_name, why_never, working_backends
from engine.detect.protocol import Backend
from engine.errors import BackendError, UsageError
from engine.evaluate.precision import figure_pairs
from engine.evaluate.truth import read_truth
from engine.export.finite import finite
from engine.places import Home
from engine.registry.package import Package, read_package
from engine.registry.parity import together
from engine.registry.prove import prove_and_keep
from engine.registry.shelf import Shelf
from engine.registry.sign import trusted_keys
from engine.registry.verdicts import FigurePair, Verdict, Verdicts
from engine.registry.verify import verify

_HEAD = ("run time", "class", "wanted", "found", "matched", "score", "face px", "network", "face px", "prepared")


@dataclass(frozen=True, slots=True)
class Checked:
    """One run time that works here, with one model.

    Args:
        backend: its name, with a lower precision.
        verdict: what was found; None where it was not checked.
        not_checked: why not.
        fails: it should have been checked and could not.
    """

    backend: str
    verdict: Verdict | None = None
    not_checked: str = ""
    fails: bool = False

    @property
    def differences(self) -> tuple[str, ...]:
        """What is wrong with it, one sentence each."""
        return self.verdict.differences if self.verdict else (self.not_checked,) if self.fails else ()


def run(arguments: Namespace, home: Home) -> int:
    """Checks each package of that name or path; exit status 1 where one is unsound or answers otherwise."""
    if (arguments.truth is None) != (arguments.images is None):
        raise UsageError(
            "US-EVALUATE", "--truth and --images only tell something together.", "Name both, or neither of them."
        )
    sound = True
    for path in _paths(arguments.model, home):
        verdict = verify(path, trusted_keys(home))
        checks = tuple(_checks(read_package(path), home, arguments)) if verdict.usable else ()
        differences = [f"{check.backend}: {what}" for check in checks for what in check.differences]
        sound = sound and verdict.usable and not differences
        if arguments.json:
            print_json(
                {
                    "model": verdict.card.name,
                    "hash": verdict.card.hash,
                    "signature": str(verdict.signature.trust),
                    "signer": verdict.signature.signer,
                    "problems": list(verdict.problems),
                    "golden": differences if verdict.usable else None,
                    "parity": [_line(check) for check in checks],
                }
            )
            continue
        print(verdict.summary)
        for line in verdict.problems:
            print(f"  {line}")
        _print(checks, differences)
    return int(not sound)


def _paths(model: str, home: Home) -> list[Path]:
    """A package by its path, or the installed ones of a name."""
    if Path(model).exists():
        return [Path(model)]
    return [package.path for package in Shelf.of(home).named(model)]


def _checks(package: Package, home: Home, arguments: Namespace) -> Iterator[Checked]:
    say_if_compiling()
    table = backends(home)
    if arguments.backend is None:
        working = [backend for backend in table if backend.why_not() is None]
    else:
        working = list(working_backends(arguments.backend, table))
    for backend in working:
        print(f"Comparing {package.card.name} on {backend.identity()}", file=sys.stderr)
        yield _checked(package, backend, home, arguments)


def _checked(package: Package, backend: Backend, home: Home, arguments: Namespace) -> Checked:
    name = full_name(backend)
    if reason := why_never(package.card, backend):
        return Checked(name, not_checked=reason)
    if reason := backend.why_not_yet(package.card):
        return Checked(name, not_checked=f"{reason}; `fovea models build {package.card.id}` makes it now")
    try:
        figures = _figures(package, backend, home, arguments) if arguments.truth else None
        verdict = prove_and_keep(package, backend, Verdicts(home), threads=arguments.threads, figures=figures)
    except BackendError as error:
        return Checked(name, not_checked=error.message, fails=backend.name != REFERENCE)
    return Checked(name, verdict)


def _figures(package: Package, backend: Backend, home: Home, arguments: Namespace) -> tuple[FigurePair, ...]:
    """Of a lower precision: figures of each class beside those in fp32 on the same run time."""
    if backend.precision == "fp32":
        return ()
    full = next(one for one in working_backends(backend.name, backends(home)) if one.precision == "fp32")
    truth = read_truth(arguments.truth)
    return figure_pairs(package, full, backend, truth, arguments.images, threads=arguments.threads)


def _line(check: Checked) -> dict[str, object]:
    if check.verdict is None:
        return {"backend": check.backend, "not_checked": check.not_checked}
    held: dict[str, object] = finite(asdict(check.verdict))
    return held | {"at": check.verdict.at.isoformat(), "passed": check.verdict.passed}


def _print(checks: tuple[Checked, ...], differences: list[str]) -> None:
    rows = [row for check in checks if check.verdict for row in _rows(check.backend, check.verdict)]
    if rows:
        print()
        print_table(_HEAD, rows, right=range(2, len(_HEAD)))
        print()
    for check in checks:
        if check.verdict is None:
            print(f"  {check.backend} was not checked: {check.not_checked}")
        elif check.verdict.reference:
            print(f"  {check.backend}: the network's answers were compared with those of {check.verdict.reference}")
    for line in differences:
        print(f"  {line}")
    if rows and not differences:
        print("  every golden case is answered as its maker answered it")


def _rows(backend: str, verdict: Verdict) -> Iterator[tuple[str, ...]]:
    """Largest differences over all cases, a class a row."""
    case = together(verdict.cases)
    if case is None:
        return
    network, prepared = case.network, "-" if case.prepare is None else f"{case.prepare:.1e}"
    for number, one in enumerate(case.classes):
        yield (
            backend,
            one.label,
            str(one.wanted),
            str(one.found),
            str(one.matched),
            f"{one.score:.1e}",
            f"{one.box_px:.1e}",
            "-" if network is None else f"{network.heat[number]:.1e}",
            "-" if network is None else f"{network.box_px:.1e}",
            prepared,
        )
