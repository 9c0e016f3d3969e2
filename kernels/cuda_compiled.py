"""How every CUDA twin is compiled: the one door to numba-cuda's decorators, opened at a twin's first launch.

A twin is written beside its CPU definition and nothing happens at import, so a machine without the extra `gpu` imports
all of it. Inside a twin the name `cuda` is numba-cuda's module; a module imports it for the type checker only.
"""

import types
from collections.abc import Callable, Sequence
from threading import RLock
from typing import TYPE_CHECKING, Any, cast

from numba.core.dispatcher import Dispatcher

from kernels.cache_lock import alone_in_the_cache
from kernels.compiled import kernel

if TYPE_CHECKING:
    cuda: Any
    """What the name means inside a twin."""

Grid = int | tuple[int, ...]

_compiling = RLock()
_dispatchers: dict["Twin", Any] = {}
_known: set[tuple[object, ...]] = set()


class Twin:
    """A kernel for the device, compiled for each combination of argument types at its first launch with them.

    Args:
        function: takes arrays and numbers, returns nothing.
    """

    def __init__(self, function: types.FunctionType) -> None:
        self.function = function
        self.__doc__ = function.__doc__

    @property
    def name(self) -> str:
        """The function's name."""
        return self.function.__name__

    def launch(self, blocks: Grid, threads: Grid, stream: Any, *arguments: Any) -> None:
        """Puts the kernel into the stream and returns; a grid without blocks does nothing.

        Args:
            blocks: blocks along (x, y, z), or along x.
            threads: threads of a block along (x, y, z), or along x.
            stream: of `kernels.device_arrays.new_stream`, or 0.
            arguments: device arrays and numbers.
        """
        if min(blocks if isinstance(blocks, tuple) else (blocks,)) <= 0:
            return
        kinds = (self, *map(_kind, arguments))
        if kinds in _known:
            self._dispatcher()[blocks, threads, stream](*arguments)
            return
        with _compiling, alone_in_the_cache():
            self._dispatcher()[blocks, threads, stream](*arguments)
            _known.add(kinds)

    def device_code(self) -> types.FunctionType:
        """The function with all its names bound, as numba-cuda compiles it; needs no device."""
        return _bound(self.function)

    def _dispatcher(self) -> Any:
        with _compiling:
            if self not in _dispatchers:
                cuda = _opened()
                # The simulator runs the function as it is, and takes no cache.
                cached = {} if _simulated() else {"cache": True}
                _dispatchers[self] = cuda.jit(**cached)(self.device_code())
            return _dispatchers[self]


class DeviceFunction:
    """A function that twins call; it is compiled into each of them. It must not use the name `cuda`."""

    def __init__(self, function: types.FunctionType) -> None:
        self.function = function
        self.__doc__ = function.__doc__

    def __call__(self, *arguments: Any) -> Any:
        """For the type checker, and for Python that is not compiled."""
        return self.function(*arguments)


def cuda_kernel(function: Callable[..., None]) -> Twin:
    """Makes a module-level function the twin of a CPU kernel, to be launched on a device.

    There is no `fastmath`. What is multiplied and then added is written with `product32` or `product64`: the compiler
    would otherwise fuse both into one rounding, and the result would differ from the definition's.
    """
    return Twin(cast("types.FunctionType", function))


def device_function(function: Callable[..., Any]) -> Callable[..., Any]:
    """Makes a module-level function callable from twins. CPU kernels can be called from twins as they are."""
    return DeviceFunction(cast("types.FunctionType", function))


@kernel
def product32(one: Any, other: Any) -> Any:
    """`one * other` in float32, rounded before anything is added to it."""
    return one * other


@kernel
def product64(one: Any, other: Any) -> Any:
    """`one * other` in float64, rounded before anything is added to it."""
    return one * other


def forget_compiled() -> None:
    """Drops what was compiled: machine code belongs to a context of the driver, and must go with it."""
    with _compiling:
        _dispatchers.clear()
        _known.clear()


def blocks_for(sizes: Sequence[int], threads: Sequence[int]) -> tuple[int, ...]:
    """Blocks along each axis that cover so many threads."""
    return tuple(-(-size // block) for size, block in zip(sizes, threads, strict=True))


def _kind(argument: Any) -> object:
    """What the machine code depends on."""
    return (str(argument.dtype), len(argument.shape)) if hasattr(argument, "dtype") else type(argument)


def simulated() -> bool:
    """Whether numba-cuda's simulator stands in for a device: `NUMBA_ENABLE_CUDASIM=1`."""
    return _simulated()


def _simulated() -> bool:
    from numba.cuda.core import config  # noqa: PLC0415  # opens the door; see the top

    return bool(config.ENABLE_CUDASIM)


def _opened() -> Any:
    from numba import cuda  # noqa: PLC0415  # opens the door; see the top
    from numba.cuda.core import config  # noqa: PLC0415

    # A small picture fills no large device, which is no fault that anyone could mend.
    config.CUDA_LOW_OCCUPANCY_WARNINGS = 0
    return cuda


def _bound(function: types.FunctionType) -> types.FunctionType:
    """A copy of the function whose globals hold numba-cuda's module, exact products and the functions it calls."""
    cuda = _opened()
    bound = {**function.__globals__, "cuda": cuda}
    for name in function.__code__.co_names:
        called = bound.get(name)
        if (called is product32 or called is product64) and not _simulated():
            from numba.cuda import libdevice  # noqa: PLC0415  # as above

            bound[name] = libdevice.fmul_rn if called is product32 else libdevice.dmul_rn
        elif isinstance(called, DeviceFunction):
            bound[name] = _callable_from_twins(called.function)
        elif isinstance(called, Dispatcher):
            bound[name] = _callable_from_twins(called.py_func)
    copy = types.FunctionType(function.__code__, bound, function.__name__)
    copy.__qualname__, copy.__module__ = function.__qualname__, function.__module__
    return copy


def _callable_from_twins(function: types.FunctionType) -> Any:
    plain = _bound(function)
    if _simulated():
        return plain
    # Put into the caller's body: a function of its own could only be compiled where there is a device.
    return _opened().jit(plain, device=True, inline="always")
