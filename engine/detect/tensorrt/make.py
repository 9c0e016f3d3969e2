"""Which make of TensorRT is installed: TensorRT for RTX or the full SDK, two modules of one API."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any

from engine.errors import BackendError

Capability = tuple[int, int]
"""Compute capability of a GPU: (8, 9)."""

TURING: Capability = (7, 5)

OLDEST = TURING
"""Neither make knows a GPU from before Turing."""

RTX_SUPPORTED: tuple[Capability, ...] = ((7, 5), (8, 6), (8, 9), (12, 0), (12, 1))
"""What the vendor's support matrix of TensorRT for RTX 1.7 lists."""

RTX_UNSUPPORTED: tuple[Capability, ...] = ((8, 0),)
"""What its builder takes although the matrix does not list it."""

INSTALL_RTX = "Install Fovea's extra: pip install 'fovea[gpu]', in a clone `installer/bootstrap.sh install gpu`."
INSTALL_FULL = (
    "Install NVIDIA's full TensorRT SDK (10 or 11) with its Python module, from NVIDIA's own site; Fovea was not "
    "tested with it."
)


@dataclass(frozen=True, slots=True)
class Make:
    """One make of TensorRT as it is installed here.

    Args:
        name: `tensorrt-rtx` or `tensorrt`, as written into outcomes.
        module: its Python module.
        version: e.g. `1.7.1.116`.
        builds: the capabilities that it builds for on any machine; empty where it builds for the GPU at hand alone.
    """

    name: str
    module: str
    version: str
    builds: tuple[Capability, ...] = ()

    def load(self) -> Any:
        """The module itself: a large library, opened at the first call.

        Raises:
            BackendError: BE-ABSENT, it is installed and cannot be opened.
        """
        try:
            return import_module(self.module)
        except Exception as error:  # a stub raises what it likes, a missing library ImportError or OSError
            raise BackendError(
                "BE-ABSENT",
                f"The module {self.module} {self.version} is installed and cannot be opened: {_first_line(error)}",
                INSTALL_RTX if self.module == _RTX.module else INSTALL_FULL,
            ) from error

    def supports(self, capability: Capability) -> bool:
        """Whether its vendor says so."""
        return capability in RTX_SUPPORTED if self.builds else capability >= OLDEST

    def why_not(self, capability: Capability) -> str | None:
        """None where it runs on such a GPU, otherwise the reason."""
        if self.supports(capability):
            return None
        listed = ", ".join(map(as_text, RTX_SUPPORTED))
        if self.builds:
            return (
                f"{self.name} {self.version} does not support GPUs of compute capability {as_text(capability)} "
                f"(it supports {listed}); the full TensorRT SDK may"
            )
        return f"{self.name} needs compute capability {as_text(OLDEST)} or newer, this GPU has {as_text(capability)}"


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    module: str
    distributions: tuple[str, ...]
    builds: tuple[Capability, ...]


_RTX = _Known(
    "tensorrt-rtx",
    "tensorrt_rtx",
    ("tensorrt_rtx_cu13", "tensorrt_rtx_cu12", "tensorrt_rtx"),
    tuple(sorted(RTX_SUPPORTED + RTX_UNSUPPORTED)),
)
_FULL = _Known("tensorrt", "tensorrt", ("tensorrt_cu13", "tensorrt_cu12", "tensorrt"), ())


def find_make(capability: Capability | None = None) -> Make | None:
    """The make to use: the one that supports the GPU, TensorRT for RTX where both or neither do.

    Nothing of it is opened where its package says its version.

    Args:
        capability: of the GPU; None where there is none, and plans are made for others.
    """
    found = [make for known in (_RTX, _FULL) if (make := _installed(known)) is not None]
    if capability is not None:
        found.sort(key=lambda make: not make.supports(capability))
    return found[0] if found else None


def what_to_install(capability: Capability | None) -> str:
    """Which make a GPU needs, and how it gets here."""
    if capability is None or capability in RTX_SUPPORTED:
        return INSTALL_RTX
    if capability < OLDEST:
        return f"No TensorRT of today runs on compute capability {as_text(capability)}; the CPU answers."
    return INSTALL_FULL


def as_text(capability: Capability) -> str:
    """`8.9`."""
    return f"{capability[0]}.{capability[1]}"


def from_text(text: str) -> Capability:
    """The capability that `as_text` wrote.

    Raises:
        ValueError: it is none.
    """
    major, minor = text.split(".")
    return int(major), int(minor)


def _installed(known: _Known) -> Make | None:
    if find_spec(known.module) is None:
        return None
    for distribution in known.distributions:
        try:
            return Make(known.name, known.module, version(distribution), known.builds)
        except PackageNotFoundError:
            continue
    try:  # unpacked by hand: only the module itself knows
        stated = str(import_module(known.module).__version__)
    except Exception:  # noqa: BLE001  # a stub or a module of the same name; `load` tells
        stated = "?"
    return Make(known.name, known.module, stated, known.builds)


def _first_line(error: Exception) -> str:
    text = str(error).strip()
    return text.splitlines()[0][:300] if text else type(error).__name__
