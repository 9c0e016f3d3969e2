"""Where the bytes of one file lie: on disk, or as a member of a zip archive."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from engine.intake.forms import suffix_of
from engine.intake.text import printable


@dataclass(frozen=True, slots=True)
class Place:
    """Where a member lies in its archive, as the archive's list has it (APPNOTE.TXT 4.3.12).

    Args:
        header_at: place of the header before its bytes.
        stored_bytes: how many there are.
        size_bytes: how many they inflate to.
        method: 0 stored, 8 deflated.
        crc: CRC-32 of what they inflate to.
    """

    header_at: int
    stored_bytes: int
    size_bytes: int
    method: int
    crc: int


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A file, or a member of an archive; ordered by path, then by name inside.

    Args:
        path: the file; of a member the archive that holds it.
        member: its name inside the archive, as stored there; empty for a file.
        place: of a member, as far as it is known; it is looked up otherwise.
    """

    path: Path
    member: str = ""
    place: Place | None = field(default=None, repr=False, compare=False)

    @property
    def shown(self) -> Path:
        """The name to show and to take a suffix of, `archive.zip/inside/name`; of a member nothing that exists."""
        return self.path / self.member.lstrip("/") if self.member else self.path

    @property
    def source(self) -> str:
        """The same as text for messages and records."""
        return printable(self.shown)

    @property
    def name(self) -> str:
        """Its last part."""
        return self.member.rpartition("/")[2] or self.path.name

    @property
    def suffix(self) -> str:
        """What the name ends in, `.nii.gz` as a whole, as written."""
        return suffix_of(self.shown)

    def stored_bytes(self) -> int:
        """Bytes that it takes on the disk; of a member in its archive. 0 where that is not known any more."""
        if self.member:
            return self.place.stored_bytes if self.place else 0
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    def beside(self, name: str) -> Entry:
        """The entry of this name in the same folder, on disk or inside the archive."""
        if not self.member:
            return Entry(self.path.with_name(name))
        folder, slash, _ = self.member.rpartition("/")
        return Entry(self.path, folder + slash + name)
