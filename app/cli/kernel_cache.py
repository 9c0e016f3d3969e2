"""Where compiled kernels are kept. Numba reads the place from the environment when it is first imported."""

from __future__ import annotations

import os
from pathlib import Path

from engine.places import Home

_VARIABLE = "NUMBA_CACHE_DIR"


def use_kernel_cache(home: Home) -> None:
    """Points Numba at the home's private folder, unless the environment already names one."""
    os.environ.setdefault(_VARIABLE, str(home.kernel_cache))


def kernels_are_cached() -> bool:
    """Whether an earlier start left compiled kernels."""
    folder = Path(os.environ[_VARIABLE])
    return folder.is_dir() and next(folder.rglob("*.nbi"), None) is not None
