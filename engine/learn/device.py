"""Where a training computes: the GPU where torch finds one, else the CPU; and what happens when its memory is full."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import torch

from engine.errors import LearnError


@dataclass(frozen=True, slots=True)
class Device:
    """One place to compute.

    Args:
        kind: torch's word for it.
        name: what a person calls it.
        makers: threads that make batches beside it.
    """

    kind: Literal["cpu", "cuda"]
    name: str
    makers: int


CPU = Device("cpu", "the CPU", 2)


def choose_device(wanted: str | None = None) -> Device:
    """The device asked for, or the best there is.

    Raises:
        LearnError: `cuda` is asked for and torch finds no GPU.
    """
    if wanted == "cpu" or (wanted is None and not torch.cuda.is_available()):
        return CPU
    if not torch.cuda.is_available():
        raise LearnError(
            "LE-DEVICE",
            f"Training is to run on the GPU, but torch {torch.__version__} finds none.",
            "Check the driver and that torch was built for CUDA, or train with --device cpu.",
        )
    return Device("cuda", torch.cuda.get_device_name(), max(1, len(os.sched_getaffinity(0)) - 1))


def make_repeatable(device: Device, *, threads: int, seed: int) -> None:
    """The same weights each time on the same kind of machine: seeds, threads and deterministic operations."""
    if device.kind == "cuda":
        os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # read when cuBLAS starts; without it sums vary
        torch.backends.cudnn.benchmark = False
        torch.backends.cudnn.allow_tf32 = False
    # On a GPU an operation without a deterministic form warns: that is no reason to end a training.
    torch.use_deterministic_algorithms(True, warn_only=device.kind == "cuda")
    torch.utils.deterministic.fill_uninitialized_memory = False  # only hides faults, for a fifth of the time
    torch.set_num_threads(threads)
    torch.manual_seed(seed)


def mixed_precision(device: Device) -> torch.autocast:
    """bfloat16 where it is safe and the device computes in it."""
    able = device.kind == "cpu" or torch.cuda.is_bf16_supported(including_emulation=False)
    return torch.autocast(device.kind, torch.bfloat16, enabled=able)


@contextmanager
def memory_limits_named(message: str, next_step: str) -> Iterator[None]:
    """Memory that runs out becomes LE-MEMORY, with this sentence and what a person can do about it."""
    try:
        yield
    except (MemoryError, RuntimeError) as error:
        # torch has a class of its own for the GPU only; on the CPU its allocator raises a plain RuntimeError.
        named = any(words in str(error) for words in ("allocate memory", "ALLOC_FAILED"))
        if not isinstance(error, MemoryError | torch.OutOfMemoryError) and not named:
            raise
        raise LearnError("LE-MEMORY", message, next_step) from error
