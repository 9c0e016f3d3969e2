"""What a decoder process is asked to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.intake.entry import Entry
from engine.intake.find import Found
from engine.intake.isolated.memory import SharedMemory
from engine.intake.isolated.protocol import Announce
from engine.intake.isolated.second import compare
from engine.intake.limits import Limits
from engine.intake.plane import Plan, read_plane
from engine.intake.read import read_study
from engine.intake.series import Slices


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file that is a study by itself, to a `Loaded`.

    Args:
        found: the candidate.
        limits: for it.
        modality: see `read_study`.
    """

    found: Found
    limits: Limits
    modality: str | None

    @property
    def names(self) -> tuple[str, ...]:
        return (self.found.source,)

    def results(self, announce: Announce, memory: SharedMemory | None) -> Iterator[object]:  # noqa: ARG002
        yield read_study(self.found, announce(self.limits, self.found.files[0]), modality=self.modality)


@dataclass(frozen=True, slots=True)
class ReadPlanes:
    """Some places of a series, each to a `Plane`; their values are written into the memory that comes with it.

    Args:
        together: the places.
        first: number of the first plane in the memory.
        plan: of the volume.
    """

    together: tuple[Slices, ...]
    first: int
    plan: Plan

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(" or ".join(header.entry.source for header in place) for place in self.together)

    @property
    def limits(self) -> Limits:
        return self.plan.limits

    def results(self, announce: Announce, memory: SharedMemory | None) -> Iterator[object]:
        for number, place in enumerate(self.together, self.first):
            limits = announce(self.plan.limits, place[0].entry)
            values, plane = read_plane(place, replace(self.plan, limits=limits))
            if memory is not None:
                memory.write(values.data, number * values.nbytes)
            yield plane


@dataclass(frozen=True, slots=True)
class Compare:
    """One file by two decoders, to whether the second one reads it.

    Args:
        entry: the file; of a series one of its slices.
        limits: for it.
    """

    entry: Entry
    limits: Limits

    @property
    def names(self) -> tuple[str, ...]:
        return (self.entry.source,)

    def results(self, announce: Announce, memory: SharedMemory | None) -> Iterator[object]:  # noqa: ARG002
        limits = announce(self.limits, self.entry)
        yield compare(
            read_study(Found(self.entry.source, self.entry.shown, files=(self.entry,)), limits), self.entry, limits
        )
