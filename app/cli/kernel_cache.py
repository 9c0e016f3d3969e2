"""Where compiled kernels are kept. Numba reads the place from the environment when it is first imported."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from engine.places import Home
from engine.program import program_version

_VARIABLE = "NUMBA_CACHE_DIR"


def use_kernel_cache(home: Home) -> None:
    """Points Numba at the home's private folder, unless the environment already names one.

    Each version of the program has a folder of its own: Numba does not notice that a kernel called by another changed.
    """
    os.environ.setdefault(_VARIABLE, str(home.kernel_cache / program_version().replace(" ", "-")))


def say_if_compiling() -> None:
    """Tells on stderr that the first start takes longer, so that nobody takes it for a hang."""
    if not kernels_are_cached():
        print("Compiling the kernels for this machine; this happens once ...", file=sys.stderr, flush=True)


def kernels_are_cached() -> bool:
    """Whether an earlier start left compiled kernels."""
    folder = Path(os.environ[_VARIABLE])
    return folder.is_dir() and next(folder.rglob("*.nbi"), None) is not None
