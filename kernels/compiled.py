"""How every kernel is compiled: the one door to Numba's decorator."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from numba import njit

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def kernel(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Compiles a module-level function on its first call, and keeps the machine code in the cache.

    `nogil` lets the engine's pool run row ranges side by side. There is no `parallel` (two threads that call such
    kernels at once abort the process) and no `fastmath` (it may add in another order for another row range, and fuse
    multiplications on one processor and not on another). Division by zero follows IEEE 754 instead of raising.
    """
    return cast("Callable[Parameters, Result]", njit(nogil=True, cache=True, error_model="numpy")(function))
