"""How much one study may ask for, checked from its headers before any pixel is decoded."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from engine.errors import InputError

_BYTES_A_SECOND = 8 << 20
"""Decoded bytes that the slowest codec of a busy machine still makes: JPEG 2000 takes 26 ms for half a mebibyte."""

_MEMORY_BYTES = 512 << 20
_TIMES_STORED = 3
_TIMES_DECODED = 6
"""Memory that one file may take: for the readers themselves, for its bytes and their copies, for its pixels as wide
integers, floats and masks."""


def ignore_size(decoded_bytes: int) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one study may ask for.

    Args:
        file_bytes: stored size; a file is read into memory as a whole.
        pixels: width times height of one picture or slice.
        side_px: longest side.
        least_side_px: shortest side; a single pixel is no picture.
        decoded_bytes: memory that the decoded pixels may take, of a volume all of its voxels.
        files: of one series.
        archive_bytes: that all members of a zip archive inflate to.
        archive_ratio: how many times its own size an archive may inflate to, once that is much.
        archive_files: members of an archive.
        time_s: for one file in a decoder process, before what its size adds.
        memory_bytes: that a decoder process may take for one file, whatever its size.
        on_size: told how many bytes will be decoded, once a header has passed.
    """

    file_bytes: int = 2 << 30
    pixels: int = 200_000_000
    side_px: int = 32_768
    least_side_px: int = 2
    decoded_bytes: int = 2 << 30
    files: int = 10_000
    archive_bytes: int = 64 << 30
    archive_ratio: int = 250
    archive_files: int = 100_000
    time_s: float = 8.0
    memory_bytes: int = 12 << 30
    on_size: Callable[[int], None] = field(default=ignore_size, repr=False, compare=False)

    def seconds_for(self, decoded_bytes: int) -> float:
        """How long a decoder process may take for one file."""
        return self.time_s + decoded_bytes / _BYTES_A_SECOND

    def memory_for(self, stored_bytes: int, decoded_bytes: int) -> int:
        """How much memory, in bytes, a decoder process may take for one file."""
        wanted = _MEMORY_BYTES + _TIMES_STORED * stored_bytes + _TIMES_DECODED * decoded_bytes
        return min(wanted, self.memory_bytes)

    def check_size(self, source: str, width: int, height: int, bytes_per_pixel: int = 1) -> None:
        """Returns where a picture of this size may be decoded.

        Args:
            source: the file, for the message.
            width: columns, as the header states them.
            height: rows, as the header states them.
            bytes_per_pixel: of all channels together.

        Raises:
            InputError: IN-PIX-SIZE, naming the limit that was passed.
        """
        if min(width, height) < self.least_side_px:
            limit = f"at least {self.least_side_px} pixels a side are needed"
        elif max(width, height) > self.side_px:
            limit = f"the limit is {self.side_px:,} pixels a side"
        elif width * height > self.pixels:
            limit = f"the limit is {self.pixels:,} pixels in all"
        elif width * height * bytes_per_pixel > self.decoded_bytes:
            limit = f"the limit is {self.decoded_bytes / 2**20:,.0f} MiB decoded"
        else:
            self.on_size(width * height * bytes_per_pixel)
            return
        raise InputError(
            "IN-PIX-SIZE",
            f"{source} states {width:,} x {height:,} pixels; {limit}.",
            "Export the picture at a size within the limits, or cut it into parts.",
        )

    def check_volume(self, source: str, shape: tuple[int, int, int], bytes_per_voxel: int) -> None:
        """Returns where a volume of this size may be put together.

        Args:
            source: the file or series, for the message.
            shape: (depth, height, width), as the headers state them or as they follow from them.
            bytes_per_voxel: as decoded.

        Raises:
            InputError: IN-PIX-SIZE, naming the limit that was passed.
        """
        depth, height, width = shape
        self.check_size(source, width, height, bytes_per_voxel)
        if not 1 <= depth <= self.side_px:
            limit = f"1 to {self.side_px:,} slices are read"
        elif math.prod(shape) * bytes_per_voxel > self.decoded_bytes:
            limit = f"the limit is {self.decoded_bytes / 2**20:,.0f} MiB decoded"
        else:
            self.on_size(math.prod(shape) * bytes_per_voxel)
            return
        raise InputError(
            "IN-PIX-SIZE",
            f"{source} makes a volume of {width:,} x {height:,} x {depth:,} voxels; {limit}.",
            "Export fewer or smaller slices.",
        )


NO_OTHER_LIMITS = Limits()


def mebibytes(size_bytes: int) -> str:
    """A size for messages, rounded up so that a small file never reads as 0."""
    return f"{math.ceil(size_bytes / 2**20):,} MiB"
