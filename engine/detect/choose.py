"""Which run time answers on this machine: the table of back ends and the choice among them."""

from __future__ import annotations

from engine.detect.onnx_cpu import OnnxCpu
from engine.detect.protocol import Backend
from engine.errors import BackendError, UsageError

BACKENDS: tuple[Backend, ...] = (OnnxCpu(),)
"""In order of preference; the last one works everywhere."""


def choose_backend(name: str | None = None) -> Backend:
    """The named back end, or the first that works here.

    Raises:
        UsageError: US-BACKEND, no back end has that name.
        BackendError: BE-ABSENT, the named one does not work here.
    """
    if name is None:
        return next(backend for backend in BACKENDS if backend.why_not() is None)
    for backend in BACKENDS:
        if backend.name == name:
            if reason := backend.why_not():
                raise BackendError(
                    "BE-ABSENT", f"The back end '{name}' does not work here: {reason}", "Leave --backend out."
                )
            return backend
    names = ", ".join(backend.name for backend in BACKENDS)
    raise UsageError("US-BACKEND", f"There is no back end '{name}'; known are {names}.", "Choose one of these.")
