"""The one context that this process has on its GPU: every model here shares it, and loses it with the others."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import Protocol

from engine.detect.device.upload import Uploader
from kernels.device_arrays import driver_errors, reset_device


class Holder(Protocol):
    """Whoever keeps something on the GPU between studies."""

    def let_go(self) -> None:
        """Frees it; it can be put there again."""


class Context:
    """One study at a time uses the GPU; whoever finds it lost renews it for all. `lock` is held by whoever uses it."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._holders: weakref.WeakSet[Holder] = weakref.WeakSet()
        self._uploader: Uploader | None = None

    def uploader(self) -> Uploader:
        """The way of stored values to the GPU, for all models and studies."""
        if self._uploader is None:
            self._uploader = Uploader()
        return self._uploader

    def register(self, holder: Holder) -> None:
        """From now on it is told to let go before the context ends."""
        self._holders.add(holder)

    def renew(self) -> None:
        """Ends the context, so that the next use makes a new one.

        A GPU that cannot even be reset is left to that next use, which says so.
        """
        for holder in list(self._holders):
            holder.let_go()
        self._uploader = None
        # An array that outlived its context would, when it goes, free whatever lies at its address by then.
        gc.collect()
        try:
            reset_device()
        except driver_errors():
            return


CONTEXT = Context()
"""The driver has one of it for each process, and so has this program."""
