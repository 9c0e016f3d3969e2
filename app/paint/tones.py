"""Stored values to screen tones through window and level: 8 bits a channel, grey or RGB."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.state.window_level import WindowLevel
from engine.domain.scan import Scan


@dataclass(frozen=True, slots=True)
class ToneCurve:
    """How the stored values of one scan become tones, for one window.

    Args:
        window: in real values.
        slope: real value = stored * slope + intercept.
        intercept: see `slope`.
        low_is_white: MONOCHROME1, PS3.3 C.7.6.3.1.2.
    """

    window: WindowLevel
    slope: float = 1.0
    intercept: float = 0.0
    low_is_white: bool = False

    @classmethod
    def of(cls, scan: Scan, window: WindowLevel) -> ToneCurve:
        """The curve for a scan."""
        return cls(window, scan.slope, scan.intercept, scan.photometric == "MONOCHROME1")

    def apply(self, stored: NDArray[Any], out: NDArray[np.uint8] | None = None) -> NDArray[np.uint8]:
        """Turns stored values into tones.

        Args:
            stored: any shape; uint8, uint16, int16 or float32, stored values.
            out: same shape, uint8, written to and returned if given.
        """
        if stored.dtype.kind == "f":
            tones = self._tones(stored)
            if out is None:
                return tones
            out[...] = tones
            return out
        table = self._table(stored.dtype)
        # A signed index is read as unsigned: the table is laid out to match.
        indices = stored.view(np.uint16) if stored.dtype == np.int16 else stored
        return np.take(table, indices, out=out, mode="clip")

    def _table(self, dtype: np.dtype[Any]) -> NDArray[np.uint8]:
        info = np.iinfo(dtype)
        tones = self._tones(np.arange(info.min, int(info.max) + 1, dtype=np.float32))
        return np.roll(tones, info.min) if info.min < 0 else tones

    def _tones(self, stored: NDArray[Any]) -> NDArray[np.uint8]:
        real = stored.astype(np.float32) * np.float32(self.slope) + np.float32(self.intercept)
        share = (real - np.float32(self.window.low)) / np.float32(self.window.width)
        if self.low_is_white != self.window.inverted:
            share = 1.0 - share
        tones: NDArray[np.uint8] = (np.clip(share, 0.0, 1.0) * 255.0 + 0.5).astype(np.uint8)
        return tones
