"""A workload: how much there was to do for one answer. With the times of its stages, forecasts are learned from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Workload:
    """What the stages of one answer had to go through, as far as they came.

    Args:
        files: of the study.
        read_bytes: stored bytes of these files; of an archive's members as they are packed.
        pixels: of the scan; of a volume its voxels.
        tiles: that were looked at.
        calls: of the network: batches of tiles, times the views of every tile. Those that show something have more, how
            many is not known beforehand; their time counts with the calls of all.
        threads: that the kernels and the run time had.
    """

    files: int = 0
    read_bytes: int = 0
    pixels: int = 0
    tiles: int = 0
    calls: int = 0
    threads: int = 0


NOTHING_DONE = Workload()
"""Nothing could be read."""
