"""Whether a series is all there: what its headers count, and where its instance numbers begin, against what was found.

Slices that are missing in between are a gap (see `steps`) and refuse the series. What is missing at an end leaves a
sound volume of less than the whole: it is answered as far as it goes, and the answer is incomplete.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.intake.dicom.slice_header import COUNTS, MARKS, SliceHeader

_IN_ACQUISITION, _IN_SERIES, _SLICES = (
    COUNTS.index(name) for name in ("ImagesInAcquisition", "NumberOfSeriesRelatedInstances", "NumberOfSlices")
)
_ACQUISITION = MARKS.index("AcquisitionNumber")


@dataclass(frozen=True, slots=True)
class Tally:
    """What was found of one series, whatever volumes it was parted into; copies of an image count once.

    Args:
        images: how many.
        by_acquisition: how many by acquisition number.
        stated: how many images the headers of an acquisition say that it has, where they agree.
        related: the most images that a header says the series has; 0 where none does.
        numbers: instance numbers.
    """

    images: int
    by_acquisition: dict[str, int]
    stated: dict[str, int]
    related: int
    numbers: frozenset[int]

    @classmethod
    def of(cls, headers: Iterable[SliceHeader]) -> Tally:
        """Counts all headers of one series."""
        distinct = {(header.number, header.plane.origin_mm, header.marks): header for header in headers}.values()
        by_acquisition: defaultdict[str, int] = defaultdict(int)
        stated: defaultdict[str, set[int]] = defaultdict(set)
        for header in distinct:
            acquisition = header.marks[_ACQUISITION]
            by_acquisition[acquisition] += 1
            stated[acquisition].add(header.counts[_IN_ACQUISITION] or 0)
        return cls(
            images=len(distinct),
            by_acquisition=dict(by_acquisition),
            stated={acquisition: counts.pop() for acquisition, counts in stated.items() if len(counts) == 1},
            related=max((header.counts[_IN_SERIES] or 0 for header in distinct), default=0),
            numbers=frozenset(header.number for header in distinct if header.number is not None),
        )


def tallies_of(headers: Iterable[SliceHeader]) -> dict[str, Tally]:
    """The tally of each series, by its UID."""
    by_series: defaultdict[str, list[SliceHeader]] = defaultdict(list)
    for header in headers:
        by_series[header.series_uid].append(header)
    return {uid: Tally.of(together) for uid, together in by_series.items()}


def missing_of(slices: Sequence[SliceHeader], tally: Tally) -> tuple[str, ...]:
    """What is missing of a volume, one sentence each; nothing where all of it is there, as far as the headers tell.

    Args:
        slices: of the volume, in order along its normal.
        tally: of the series that they come from.
    """
    found = (_of_series(tally), *_of_acquisitions(slices, tally), _of_volume(slices), _before_first(slices, tally))
    return tuple(sentence for sentence in found if sentence)


def _of_series(tally: Tally) -> str:
    if tally.related <= tally.images:
        return ""
    return (
        f"The headers count {tally.related:,} images in the series (0020,1209), {tally.images:,} were found: "
        f"{tally.related - tally.images:,} are missing."
    )


def _of_acquisitions(slices: Sequence[SliceHeader], tally: Tally) -> list[str]:
    """A count that is a multiple of what was found is that of several reconstructions of one acquisition."""
    sentences = []
    for acquisition in dict.fromkeys(header.marks[_ACQUISITION] for header in slices):
        found, stated = tally.by_acquisition[acquisition], tally.stated.get(acquisition, 0)
        if stated > found and stated % found:
            sentences.append(
                f"The headers count {stated:,} images in acquisition {acquisition or 'without a number'} (0020,1002), "
                f"{found:,} were found: {stated - found:,} are missing."
            )
    return sentences


def _of_volume(slices: Sequence[SliceHeader]) -> str:
    """Positron emission states the slices of each volume (PS3.3 C.8.9.1)."""
    stated = max((header.counts[_SLICES] or 0 for header in slices), default=0)
    found = len({header.plane.origin_mm for header in slices})
    if stated <= found:
        return ""
    return f"The headers count {stated:,} slices (0054,0081), {found:,} were found: {stated - found:,} are missing."


def _before_first(slices: Sequence[SliceHeader], tally: Tally) -> str:
    """Instance numbers that count along the volume begin with 1 or lower, or after those of another part of the series.

    More missing images than there are is no loss but a numbering of its own, such as 1001.
    """
    numbers = list(dict.fromkeys(header.number for header in slices))
    known = sorted(number for number in numbers if number is not None)
    if len(known) != len(numbers) or numbers not in (known, known[::-1]) or known[-1] - known[0] != len(known) - 1:
        return ""
    before = known[0] - 1
    if not 0 < before < len(known) or any(number < known[0] for number in tally.numbers):
        return ""
    return f"The instance numbers (0020,0013) begin at {known[0]}: {before:,} of the images before it are missing."
