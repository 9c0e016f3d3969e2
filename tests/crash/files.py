"""How a file comes into a watched folder, and where it must be found again after it was answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.crash.pictures import Picture, picture

_ROUTED = ("done", "refused")


def throw_in(folder: Path, *names: str) -> dict[Path, Picture]:
    """Writes the pictures of these names into a folder at once."""
    thrown_in = {folder / name: picture(name) for name in names}
    for path, made in thrown_in.items():
        append(path, made.content)
    return thrown_in


def append(target: Path, piece: bytes) -> None:
    """Writes the next part of a file, or all of it, at its own name."""
    with target.open("ab") as file:
        file.write(piece)


def rename_in(target: Path, content: bytes, outside: Path) -> None:
    """Writes a file elsewhere on the disk and moves it in."""
    made = outside / target.name
    made.write_bytes(content)
    made.replace(target)


def is_settled(moved_from: Path) -> bool:
    """Whether a folder whose answered files are moved away holds no file any more."""
    return not any(path.is_file() for path in moved_from.iterdir())


def problems_of_the_files(thrown_in: Mapping[Path, Picture], moved_from: Path) -> Iterator[str]:
    """Where a file that came is gone, changed, doubled or not where it belongs.

    Args:
        thrown_in: every file of the run by the path at which it came.
        moved_from: the folder whose answered files are moved away; in all others they stay.
    """
    for path, came in thrown_in.items():
        places = [path, *(path.parent / folder / path.name for folder in _ROUTED)]
        there = [place for place in places if place.exists()]
        if len(there) != 1:
            yield f"{path.name} is in {len(there)} places"
        elif there[0].read_bytes() != came.content:
            yield f"{there[0]} is not the file that came"
        elif (there[0] != path) != (path.parent == moved_from):
            yield f"{there[0]} is not where it belongs"
