"""How much one study may ask for, checked from its headers before any pixel is decoded."""

from __future__ import annotations

import math
from dataclasses import dataclass

from engine.errors import InputError


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
    """

    file_bytes: int = 2 << 30
    pixels: int = 200_000_000
    side_px: int = 32_768
    least_side_px: int = 2
    decoded_bytes: int = 2 << 30
    files: int = 10_000

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
