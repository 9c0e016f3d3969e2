"""Paths as given to candidates: files, series of files, and folders searched to the bottom, in a steady order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import InputError
from engine.intake.complete import missing_of, tallies_of
from engine.intake.contents import Contents, Met
from engine.intake.dicom.slice_header import SliceHeader
from engine.intake.entry import Entry
from engine.intake.limits import NO_OTHER_LIMITS, Limits
from engine.intake.series import Slices, studies_of
from engine.intake.text import printable


@dataclass(frozen=True, slots=True)
class Found:
    """One candidate: what gets one answer.

    Args:
        source: the path as given or found, as text. Of a series the folder that holds nothing else, otherwise the
            file of its first slice.
        path: the same, as a path.
        refusal: why it cannot be read; None for what is worth reading.
        files: what is to be read; of a series all of its files, in slice order.
        slices: of a series what its headers say, as long as they are at hand; one for each file.
        missing: of a series what was not found of it, one sentence each; see `complete`.
    """

    source: str
    path: Path
    refusal: InputError | None = None
    files: tuple[Entry, ...] = ()
    slices: Slices = field(default=(), repr=False, compare=False)
    missing: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.files:
            object.__setattr__(self, "files", (Entry(self.path),))


def _ignore(path: Path) -> None:
    """Passes over without telling anyone."""


def find(
    paths: Sequence[Path],
    on_passed_over: Callable[[Path], None] = _ignore,
    on_file: Callable[[Path], None] = _ignore,
    limits: Limits = NO_OTHER_LIMITS,
) -> Iterator[Found]:
    """Finds what there is to answer.

    A file given by name is always a candidate. In a folder, hidden files and text files whose name does not claim to
    be a picture are passed over, and so is the data file of a MetaImage header beside it; all else is a candidate, so
    that a damaged picture is refused and not overlooked. Folders are searched in the order of their names by code
    point, links are followed, and one real file is answered once however often it is met.

    Zip archives are searched like folders, nothing is written to disk for that. The directory of a DICOM medium given
    by name stands for the files that it references; in a folder these are met anyway, and only those that are missing
    are told.

    DICOM files that are slices of one volume are one candidate, wherever among the paths they lie. So slices come
    last, in the order of the first of each series: only the end of the search shows that a series is complete.

    Args:
        paths: files and folders, in the order in which they are to be answered.
        on_passed_over: told of each file in a folder that was not taken as a candidate.
        on_file: told of each file when it is looked into; may raise to stop the search.
        limits: for the reading of headers and archives.

    Yields:
        Each candidate; what is missing, unreadable or an empty folder carries its refusal.
    """
    search = _Search(Contents(on_passed_over, on_file, limits))
    for path in paths:
        yield from search.given(path)
    yield from search.series()


def find_among(files: Iterable[Path], limits: Limits = NO_OTHER_LIMITS) -> Iterator[Found]:
    """Finds what files make that somebody picked out of a folder, as `find` would if the folder held only these.

    A series is named by the file of its first slice: what else lies in its folder is not known here.
    """
    search = _Search(Contents(_ignore, _ignore, limits))
    yield from search.among(files)
    yield from search.series()


def find_one(path: Path, limits: Limits = NO_OTHER_LIMITS) -> Found:
    """The one study at a path: a file, or a folder with the files of one series; refused where there are more."""
    candidates = list(find([path], limits=limits))
    if len(candidates) == 1:
        return candidates[0]
    return Found(
        printable(path),
        path,
        InputError(
            "IN-FOLDER-SEVERAL",
            f"{printable(path)} holds {len(candidates)} studies, wanted is 1.",
            "Name one of them.",
        ),
    )


class _Search:
    """One search: tells what is a candidate by itself at once, and keeps the slices for the end."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._slices: list[SliceHeader] = []
        self._lie_in: Counter[tuple[Path, Path]] = Counter()

    def given(self, path: Path) -> Iterator[Found]:
        for met in self._contents.at(path):
            shown = met.entry.shown
            if shown != path:
                self._lie_in[shown.parent, path] += 1
            yield from self._candidate(met)

    def among(self, files: Iterable[Path]) -> Iterator[Found]:
        for met in self._contents.among(files):
            yield from self._candidate(met)

    def _candidate(self, met: Met) -> Iterator[Found]:
        if met.header is not None:
            self._slices.append(met.header)
        elif not met.again:
            yield Found(met.entry.source, met.entry.shown, met.refusal, (met.entry,))

    def series(self) -> Iterator[Found]:
        """What the slices that were met make together."""
        tallies = tallies_of(self._slices)
        holds = self._holds()
        for slices in studies_of(self._slices):
            files = tuple(header.entry for header in slices)
            if len(files) == 1:
                yield Found(files[0].source, files[0].shown, files=files)
                continue
            missing = missing_of(slices, tallies[slices[0].series_uid])
            path = _folder_of([entry.shown for entry in files], holds) or files[0].shown
            yield Found(printable(path), path, files=files, slices=slices, missing=missing)

    def _holds(self) -> Counter[Path]:
        """How many candidates lie in a folder or below, from each candidate's own up to the one that was given."""
        holds: Counter[Path] = Counter()
        for (folder, root), count in self._lie_in.items():
            for outer in (folder, *folder.parents):
                holds[outer] += count
                if outer == root:
                    break
        return holds


def _folder_of(files: Sequence[Path], holds: Counter[Path]) -> Path | None:
    """The folder in which these files lie and no other candidate; None where there is none."""
    folders = {path.parent for path in files}
    first, *_ = folders
    shared = (outer for outer in (first, *first.parents) if all(path.is_relative_to(outer) for path in folders))
    common = next(shared, None)
    return common if common is not None and holds[common] == len(files) else None
