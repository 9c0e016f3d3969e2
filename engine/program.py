"""The program's own name and version, as written into every record."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def program_version() -> str:
    """Fovea's version as installed."""
    try:
        return version("fovea")
    except PackageNotFoundError:
        return "0 (not installed)"
