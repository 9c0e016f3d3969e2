"""`fovea [PATH...]`: opens the window. What happens next is in `app/desktop.py`."""

from __future__ import annotations

from argparse import Namespace

from app.desktop import open_desktop


def run(arguments: Namespace) -> int:
    """Opens the window on the given paths and returns when it is closed."""
    return open_desktop(arguments.paths, backend=arguments.backend, threads=arguments.threads)
