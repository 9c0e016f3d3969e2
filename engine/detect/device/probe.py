"""Which GPUs this machine has, asked of the driver itself: no CUDA library is loaded, and no context is made."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_CUDA, _NVML = "libcuda.so.1", "libnvidia-ml.so.1"
"""Both belong to the driver; where it is not installed, neither can be opened."""

_CAPABILITY_MAJOR, _CAPABILITY_MINOR = 75, 76
"""CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR and _MINOR."""

_NAME_BYTES = 256
_NO_DEVICE = 100  # CUDA_ERROR_NO_DEVICE

Library = Any
Open = Callable[[str], Library]


@dataclass(frozen=True, slots=True)
class Gpu:
    """One GPU, as its driver describes it.

    Args:
        index: its number among those that CUDA shows to this process.
        name: e.g. `NVIDIA RTX 4000 Ada Generation`.
        capability: compute capability, (8, 9) for the above.
        memory_bytes: of the card, in all.
        free_bytes: free at the time of asking; None where the driver does not say.
        driver: version of the driver, e.g. `580.65.06`; empty where it does not say.
        cuda: newest CUDA that the driver runs, (13, 0).
    """

    index: int
    name: str
    capability: tuple[int, int]
    memory_bytes: int
    free_bytes: int | None
    driver: str
    cuda: tuple[int, int]

    @property
    def target(self) -> str:
        """The compiler's name for the capability, e.g. `sm_89`."""
        major, minor = self.capability
        return f"sm_{major}{minor}"


@dataclass(frozen=True, slots=True)
class GpuTable:
    """All GPUs of this machine, or why there is none.

    Args:
        gpus: in CUDA's order; the first is the one that answers.
        why_none: empty where there is one; else the reason, in words a person can act on.
    """

    gpus: tuple[Gpu, ...] = ()
    why_none: str = ""


class _DriverRefused(Exception):  # noqa: N818  # stays in this file
    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def probe_gpus(open_library: Open = ctypes.CDLL) -> GpuTable:
    """Asks the driver for its GPUs; a machine without one costs two failed attempts to open a library."""
    try:
        cuda = open_library(_CUDA)
    except OSError:
        return GpuTable(why_none="no NVIDIA driver is installed (libcuda.so.1 is not there)")
    try:
        _call(cuda.cuInit, 0)
        gpus = tuple(_described(cuda, index, open_library) for index in range(_count(cuda)))
    except _DriverRefused as error:
        if error.status == _NO_DEVICE:
            return GpuTable(why_none="the NVIDIA driver is installed and finds no GPU, or none that is shown to it")
        return GpuTable(why_none=f"the NVIDIA driver does not start (CUDA error {error.status}); restart the machine")
    if not gpus:
        return GpuTable(why_none="the NVIDIA driver is installed and finds no GPU")
    return GpuTable(gpus)


def _count(cuda: Library) -> int:
    count = ctypes.c_int()
    _call(cuda.cuDeviceGetCount, ctypes.byref(count))
    return count.value


def _described(cuda: Library, index: int, open_library: Open) -> Gpu:
    device, name = ctypes.c_int(), ctypes.create_string_buffer(_NAME_BYTES)
    memory, uuid = ctypes.c_size_t(), (ctypes.c_ubyte * 16)()
    _call(cuda.cuDeviceGet, ctypes.byref(device), index)
    _call(cuda.cuDeviceGetName, name, _NAME_BYTES, device)
    _call(cuda.cuDeviceTotalMem_v2, ctypes.byref(memory), device)
    _call(cuda.cuDeviceGetUuid, ctypes.byref(uuid), device)
    free_bytes, driver = _from_nvml(bytes(uuid), open_library)
    newest = ctypes.c_int()
    _call(cuda.cuDriverGetVersion, ctypes.byref(newest))
    return Gpu(
        index=index,
        name=name.value.decode(errors="replace"),
        capability=(_attribute(cuda, _CAPABILITY_MAJOR, device), _attribute(cuda, _CAPABILITY_MINOR, device)),
        memory_bytes=memory.value,
        free_bytes=free_bytes,
        driver=driver,
        cuda=(newest.value // 1000, newest.value % 1000 // 10),
    )


def _attribute(cuda: Library, attribute: int, device: ctypes.c_int) -> int:
    value = ctypes.c_int()
    _call(cuda.cuDeviceGetAttribute, ctypes.byref(value), attribute, device)
    return value.value


class _Memory(ctypes.Structure):
    """nvmlMemory_t."""

    _fields_ = (
        ("total", ctypes.c_ulonglong),
        ("free", ctypes.c_ulonglong),
        ("used", ctypes.c_ulonglong),
    )


def _from_nvml(uuid: bytes, open_library: Open) -> tuple[int | None, str]:
    """Free bytes and the driver's version; only the management library knows both without a context."""
    try:
        nvml = open_library(_NVML)
        _call(nvml.nvmlInit_v2)
    except (OSError, _DriverRefused):
        return None, ""
    try:
        return _free_bytes(nvml, uuid), _driver_version(nvml)
    finally:
        nvml.nvmlShutdown()


def _driver_version(nvml: Library) -> str:
    version = ctypes.create_string_buffer(_NAME_BYTES)
    try:
        _call(nvml.nvmlSystemGetDriverVersion, version, _NAME_BYTES)
    except _DriverRefused:
        return ""
    return version.value.decode(errors="replace")


def _free_bytes(nvml: Library, uuid: bytes) -> int | None:
    # By its UUID, since the two libraries count GPUs in different orders, and only CUDA's can be made to hide some.
    parts = uuid.hex()
    text = f"GPU-{parts[:8]}-{parts[8:12]}-{parts[12:16]}-{parts[16:20]}-{parts[20:]}"
    handle, memory = ctypes.c_void_p(), _Memory()
    try:
        _call(nvml.nvmlDeviceGetHandleByUUID, text.encode(), ctypes.byref(handle))
        _call(nvml.nvmlDeviceGetMemoryInfo, handle, ctypes.byref(memory))
    except _DriverRefused:  # a part of a card (MIG), or a right that is missing
        return None
    return int(memory.free)


def _call(function: Callable[..., int], *arguments: Any) -> None:
    if status := function(*arguments):
        raise _DriverRefused(status)
