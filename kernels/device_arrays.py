"""The door to device memory: arrays, streams and events of numba-cuda, which is imported at the first call.

In the simulator all of it lies in the program's own memory and every call has ended when it returns.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from kernels.cuda_compiled import forget_compiled, simulated

DeviceArray = Any
"""An array on the device, C order: numba-cuda's, or any with `__cuda_array_interface__`."""

Stream = Any
Event = Any

MOST_REFUSED = 10_000
"""Arrays, events and modules that a dead context is given back; a GPU that refuses more does not answer at all."""

SIMULATED_BYTES = 1 << 40
"""What the simulator says is free: it has no limit of its own."""


def new_stream() -> Stream:
    """A queue of work on the device; work in it runs in order."""
    return _cuda().stream()


def empty(shape: Sequence[int], dtype: DTypeLike) -> DeviceArray:
    """A new array whose content is whatever lay there."""
    return _cuda().device_array(tuple(shape), np.dtype(dtype))


def zeros(shape: Sequence[int], dtype: DTypeLike, stream: Stream = 0) -> DeviceArray:
    """A new array of zeros."""
    array = empty(shape, dtype)
    clear(array, stream)
    return array


def pinned(shape: Sequence[int], dtype: DTypeLike) -> NDArray[Any]:
    """An array of the host in memory that stays in place, so that a copy to or from the device need not wait."""
    array: NDArray[Any] = _cuda().pinned_array(tuple(shape), np.dtype(dtype))
    return array


def upload(array: NDArray[Any], stream: Stream = 0) -> DeviceArray:
    """A copy on the device."""
    return _cuda().to_device(np.ascontiguousarray(array), stream=stream)


def copy_in(host: NDArray[Any], device: DeviceArray, stream: Stream = 0) -> None:
    """Overwrites an array of the device; from pinned memory it returns before the copy has ended."""
    device.copy_to_device(host, stream=stream)


def copy_out(device: DeviceArray, host: NDArray[Any], stream: Stream = 0) -> None:
    """Overwrites an array of the host; into pinned memory it returns before the copy has ended."""
    device.copy_to_host(host, stream=stream)


def clear(array: DeviceArray, stream: Stream = 0) -> None:
    """Overwrites an array with zeros."""
    if simulated():
        array[...] = 0
        return
    from cuda.bindings import driver  # noqa: PLC0415  # see the top

    size_bytes = array.nbytes
    if size_bytes:
        _cuda().current_context()  # the driver's own call needs one in this thread
        _checked(driver.cuMemsetD8Async(address(array), 0, size_bytes, handle(stream)))


def address(array: DeviceArray) -> int:
    """Where the array begins, as the driver and other libraries take it; 0 for one without values."""
    if simulated():
        raise RuntimeError("the simulator's arrays have no address on a device")
    return int(array.__cuda_array_interface__["data"][0] or 0)


def handle(stream: Stream) -> int:
    """The driver's number of a stream; 0 for the default one, and in the simulator."""
    return int(getattr(stream, "handle", 0) or 0)


def wait(stream: Stream) -> None:
    """Returns when all work in the stream has ended.

    Raises:
        Exception: one of `driver_errors`, if some of it failed.
    """
    if stream == 0:
        _cuda().synchronize()
    else:
        stream.synchronize()


def new_event() -> Event:
    """A mark that can be put into a stream; None in the simulator, which has none."""
    return None if simulated() else _cuda().event()


def record(event: Event, stream: Stream) -> None:
    """Puts the mark behind the work that is in the stream."""
    if event is not None:
        event.record(stream)


def wait_event(event: Event) -> None:
    """Returns when the work before the mark has ended."""
    if event is not None:
        event.synchronize()


def elapsed_ms(begin: Event, end: Event) -> float:
    """Time of the device between two marks that have been passed."""
    return float(begin.elapsed_time(end))


def free_bytes() -> int:
    """Memory of the device that can be had; what was let go but not yet given back counts as free."""
    if simulated():
        return SIMULATED_BYTES
    context = _cuda().current_context()
    context.memory_manager.deallocations.clear()
    return int(context.get_memory_info().free)


def driver_errors() -> tuple[type[Exception], ...]:
    """What device work may raise when the driver refuses it or has failed."""
    if simulated():
        return ()
    from numba.cuda.cudadrv.driver import CudaAPIError  # noqa: PLC0415  # see the top

    return (CudaAPIError,)


def error_code(error: Exception) -> int:
    """The driver's number of an error, e.g. 2 for memory that could not be had; 0 for any other exception."""
    code = getattr(error, "code", 0)
    return int(code) if code else 0


def reset_device() -> None:
    """Gives back everything this process has on the device, after a fault that left its context unusable.

    Arrays, streams and events made before must not be used afterwards.
    """
    forget_compiled()
    if simulated():
        return
    _cuda().close()
    for device in _cuda().gpus:  # `close` does so in the program's main thread only
        _end_context(device)


def _end_context(device: Any) -> None:
    # First numba-cuda frees, one by one, what was let go; a dead context refuses each, and that ends the reset. What
    # was refused once is not tried again, so that it goes on further each time.
    for _ in range(MOST_REFUSED):
        try:
            device.reset()
        except driver_errors():
            continue
        return
    device.reset()


def _checked(result: Any) -> None:
    """Raises what numba-cuda's own calls raise."""
    code = int(result[0])
    if code:
        from numba.cuda.cudadrv.driver import CudaAPIError  # noqa: PLC0415  # see the top

        raise CudaAPIError(code, f"the driver answered {result[0].name}")


def _cuda() -> Any:
    from numba import cuda  # noqa: PLC0415  # see the top

    return cuda
