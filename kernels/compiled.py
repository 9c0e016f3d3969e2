"""How every kernel is compiled: the one door to Numba's decorator."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
Scalar = TypeVar("Scalar", bound=np.generic)


def kernel(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Compiles a module-level function on its first call, and keeps the machine code in the cache.

    `nogil` lets the engine's pool run row ranges side by side. There is no `parallel` (two threads that call such
    kernels at once abort the process) and no `fastmath` (it may add in another order for another row range, and fuse
    multiplications on one processor and not on another). Division by zero follows IEEE 754 instead of raising.
    """
    return cast("Callable[Parameters, Result]", njit(nogil=True, cache=True, error_model="numpy")(function))


def read_only(array: NDArray[Scalar]) -> NDArray[Scalar]:
    """The array as kernels take their inputs: C order and read-only, copied only where it has another order.

    Numba compiles a kernel again for each mixture of writable and read-only arguments; this leaves one.
    """
    view: NDArray[Any] = np.ascontiguousarray(array).view()
    view.setflags(write=False)
    return view
