"""Zip archives: what they hold, and the bytes of one member, without writing anything to disk.

Source: APPNOTE.TXT 6.3.10, the .ZIP file format of PKWARE.
"""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from engine.errors import InputError
from engine.intake.entry import Entry, Place
from engine.intake.limits import Limits, mebibytes
from engine.intake.text import printable, shortened

ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")
"""An archive begins with its first member, an empty one with its end."""

_LIST_BYTES = 32 << 20
"""Most that the list of members may take, before it is read: some 300,000 of them."""

_RATIO_FROM_BYTES = 256 << 20
"""Below this no ratio makes an archive a bomb: blank pictures may shrink to a thousandth."""

_HEADER = struct.Struct("<4s22xHH")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 1

_UNSOUND = (zipfile.BadZipFile, struct.error, UnicodeDecodeError, EOFError, RuntimeError, ValueError)
"""What `zipfile` raises for a damaged list; RuntimeError stands for features that it does not know."""


def members(path: Path, limits: Limits) -> Iterator[Entry | tuple[Entry, InputError]]:
    """The members of an archive in the order in which a folder of the same content is searched.

    Folders are left out. What cannot be read comes with its refusal: encrypted members and those of an unknown method
    all together for each archive, links and names that are there several times one by one.

    Raises:
        InputError: IN-ZIP-DAMAGED, or IN-ZIP-SIZE for an archive that inflates past the limits.
        OSError: it cannot be read.
    """
    infos = [info for info in _listed(path) if not info.is_dir()]
    _check_size(path, infos, limits)
    times = Counter(info.filename for info in infos)
    encrypted = [info for info in infos if info.flag_bits & _ENCRYPTED]
    unknown = [info for info in infos if info.compress_type not in _METHODS and not info.flag_bits & _ENCRYPTED]
    yield from _together(path, encrypted, "IN-ZIP-ENCRYPTED", "encrypted", "Extract the archive with its password")
    yield from _together(path, unknown, "IN-ZIP-METHOD", "compressed in a way that is not read", "Extract the archive")
    for info in sorted(infos, key=lambda info: info.filename.split("/")):
        entry = Entry(path, info.filename, _place(info))
        if times[info.filename] > 1:
            yield entry, _several(entry)
        elif stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
            yield entry, _no_file(entry)
        elif info.compress_type in _METHODS and not info.flag_bits & _ENCRYPTED:
            yield entry


def member_bytes(entry: Entry, limits: Limits) -> bytes:
    """Inflates a member as a whole.

    Raises:
        InputError: IN-EMPTY, IN-FILE-SIZE or IN-ZIP-DAMAGED.
        OSError: the archive cannot be read, or it holds no such member.
    """
    place = entry.place or _looked_up(entry)
    if place.size_bytes == 0:
        raise InputError("IN-EMPTY", f"{entry.source} is empty (0 bytes).", "Copy or export the file again.")
    if max(place.size_bytes, place.stored_bytes) > limits.file_bytes:
        raise InputError(
            "IN-FILE-SIZE",
            f"{entry.source} inflates to {mebibytes(place.size_bytes)}; the limit is {mebibytes(limits.file_bytes)} "
            "a file.",
            "Export the picture in smaller parts.",
        )
    data = MemberHead(entry, place).upto(place.size_bytes + 1)
    if len(data) != place.size_bytes or zlib.crc32(data) != place.crc:
        raise _damaged_member(entry)
    return data


class MemberHead:
    """The beginning of a member, inflated as far as it is asked for; nothing is checked but that it can be inflated."""

    def __init__(self, entry: Entry, place: Place | None = None) -> None:
        self._entry = entry
        self._place = place or entry.place or _looked_up(entry)
        self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        self._inflated = bytearray()
        self._fed = 0

    def upto(self, size_bytes: int) -> bytes:
        """The first bytes, at least so many or all of them.

        Raises:
            InputError: IN-ZIP-DAMAGED.
            OSError: the archive cannot be read.
        """
        wanted = min(size_bytes, self._place.size_bytes + 1)
        if len(self._inflated) < wanted:
            with self._entry.path.open("rb") as file:
                file.seek(self._place.header_at)
                header = file.read(_HEADER.size)
                if len(header) < _HEADER.size or not header.startswith(ZIP_MAGICS[0]):
                    raise _damaged_member(self._entry)
                _, name_bytes, extra_bytes = _HEADER.unpack(header)
                file.seek(self._place.header_at + _HEADER.size + name_bytes + extra_bytes + self._fed)
                self._inflate(file, wanted)
        return bytes(self._inflated)

    def _inflate(self, file: io.BufferedReader, wanted: int) -> None:
        stored = self._place.method == zipfile.ZIP_STORED
        while len(self._inflated) < wanted and (stored or not self._inflater.eof):
            missing = wanted - len(self._inflated)
            piece = self._inflater.unconsumed_tail
            if not piece:
                piece = file.read(min(max(missing, io.DEFAULT_BUFFER_SIZE), self._place.stored_bytes - self._fed))
                self._fed += len(piece)
            if not piece:
                return
            try:
                self._inflated += piece if stored else self._inflater.decompress(piece, missing)
            except zlib.error as error:
                raise _damaged_member(self._entry) from error


def _listed(path: Path) -> list[zipfile.ZipInfo]:
    try:
        with _Bounded(path) as file, zipfile.ZipFile(file) as archive:
            return archive.infolist()
    except _UNSOUND as error:
        raise _damaged(path, f"its list of files cannot be read ('{shortened(error)}')") from error


class _Bounded(io.FileIO):
    """The archive, of which no single read may take more than a list of members can be."""

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = os.fstat(self.fileno()).st_size - self.tell() if size is None or size < 0 else size
        if wanted > _LIST_BYTES:
            raise zipfile.BadZipFile(
                f"its list of files takes {mebibytes(wanted)}, the limit is {mebibytes(_LIST_BYTES)}"
            )
        return super().read(size) or b""


def _check_size(path: Path, infos: Sequence[zipfile.ZipInfo], limits: Limits) -> None:
    """Holds what the archive claims to inflate to against the limits; members never inflate past their claim."""
    size_bytes, archive_bytes = sum(info.file_size for info in infos), path.stat().st_size
    if len(infos) > limits.archive_files:
        _too_large(path, f"holds {len(infos):,} files", f"{limits.archive_files:,}")
    if size_bytes > limits.archive_bytes:
        _too_large(path, f"inflates to {mebibytes(size_bytes)}", mebibytes(limits.archive_bytes))
    if size_bytes > max(_RATIO_FROM_BYTES, archive_bytes * limits.archive_ratio):
        times = size_bytes // max(1, archive_bytes)
        _too_large(path, f"inflates to {times:,} times its size", f"{limits.archive_ratio:,} times")
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise _damaged(path, f"{shortened(printable(Path(info.filename)), 64)} lies in the bytes of another file")
        end = info.header_offset + _HEADER.size + info.compress_size


def _too_large(path: Path, found: str, limit: str) -> NoReturn:
    raise InputError(
        "IN-ZIP-SIZE",
        f"{printable(path)} {found}; the limit is {limit} an archive.",
        "Extract it, if you trust its maker, and give the folder.",
    )


def _damaged(path: Path, how: str) -> InputError:
    return InputError(
        "IN-ZIP-DAMAGED",
        f"{printable(path)} is a damaged zip archive: {how}.",
        "Copy or pack the archive again.",
    )


def _place(info: zipfile.ZipInfo) -> Place:
    return Place(info.header_offset, info.compress_size, info.file_size, info.compress_type, info.CRC)


def _looked_up(entry: Entry) -> Place:
    """The place of a member by its name alone.

    Raises:
        FileNotFoundError: there is no such member, or no single one that can be read.
    """
    infos = [info for info in _listed(entry.path) if info.filename == entry.member]
    if len(infos) != 1 or infos[0].flag_bits & _ENCRYPTED or infos[0].compress_type not in _METHODS:
        raise FileNotFoundError(entry.source)
    return _place(infos[0])


def _together(
    path: Path, infos: Sequence[zipfile.ZipInfo], code: str, what: str, step: str
) -> Iterator[tuple[Entry, InputError]]:
    if infos:
        first = shortened(printable(Path(infos[0].filename)), 64)
        files = "file that is" if len(infos) == 1 else "files that are"
        message = f"{printable(path)} holds {len(infos):,} {files} {what}, the first is {first}."
        yield Entry(path), InputError(code, message, f"{step} and give the folder.")


def _several(entry: Entry) -> InputError:
    return InputError(
        "IN-ZIP-NAMES",
        f"{entry.source} is there several times under one name.",
        "Pack the archive again, each file under a name of its own.",
    )


def _no_file(entry: Entry) -> InputError:
    return InputError(
        "IN-SPECIAL", f"{entry.source} is a link or a device inside an archive, not a file.", "Pack the file itself."
    )


def _damaged_member(entry: Entry) -> InputError:
    return InputError(
        "IN-ZIP-DAMAGED",
        f"{entry.source} cannot be taken out of its archive whole: it is damaged, or was changed since it was listed.",
        "Copy or pack the archive again.",
    )
