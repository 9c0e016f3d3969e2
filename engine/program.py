"""The program's own name and version, as written into every record."""

from __future__ import annotations


def program_version() -> str:
    """Fovea's version as installed."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 -- start-up time: the window is shown first

    try:
        return version("fovea")
    except PackageNotFoundError:
        return "0 (not installed)"
