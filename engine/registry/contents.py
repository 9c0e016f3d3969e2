"""The files of a package, read where they lie: a folder or a zip, neither trusted, nothing unpacked."""

from __future__ import annotations

import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, Protocol

from engine.errors import ModelError

FILES_MAX = 10_000
FILE_MAX_BYTES = 2 * 1024**3
"""The largest ONNX graph: protobuf ends there."""
TOTAL_MAX_BYTES = 4 * 1024**3
INFLATES_MAX = 200
"""How many times larger than stored a file of a zip may be. Weights hardly shrink; an empty volume shrinks most."""

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._+-]*(/[A-Za-z0-9_][A-Za-z0-9._+-]*)*")
_NAME_MAX = 200
_DIRECTORY_MAX_BYTES = 4 * 1024**2
_SMALL_BYTES = 64 * 1024**2
"""What inflates to less is no bomb, however well it shrinks."""


class Contents(Protocol):
    """Files by their name relative to the package, with `/` between folders."""

    @property
    def sizes_bytes(self) -> dict[str, int]:
        """Each file's name and stated size, in the order of names."""

    def read(self, name: str, limit_bytes: int = FILE_MAX_BYTES) -> bytes:
        """The bytes of a file.

        Raises:
            ModelError: MD-MISSING, MD-SIZE or MD-UNREADABLE.
        """


def open_contents(path: Path) -> Contents:
    """The files of a folder or a zip.

    Raises:
        ModelError: MD-MISSING where there is neither, MD-UNSAFE for links, special files and names that lead out,
            MD-SIZE over the limits, MD-UNREADABLE for what cannot be read.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return FolderContents(path, _checked(path, _walk(path, path)))
        if stat.S_ISREG(mode):
            return ZipContents(path, _checked(path, _zip_sizes(path)))
        _missing(path)
    except FileNotFoundError:
        _missing(path)
    except _UNREADABLE as error:
        _unreadable(path, error)


@dataclass(frozen=True, slots=True)
class FolderContents:
    """The files of a folder."""

    root: Path
    sizes_bytes: dict[str, int]

    def read(self, name: str, limit_bytes: int = FILE_MAX_BYTES) -> bytes:
        _known(self.root, self.sizes_bytes, name)
        try:
            # Not following links and not waiting for a pipe: the folder may have changed since it was listed.
            descriptor = os.open(self.root / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with os.fdopen(descriptor, "rb") as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    _unsafe(self.root, f"{name} is not a plain file")
                data = file.read(limit_bytes + 1)
        except OSError as error:
            _unreadable(self.root, error)
        return _within(self.root, name, data, limit_bytes)


@dataclass(frozen=True, slots=True)
class ZipContents:
    """The files of a zip, each inflated into memory when asked for."""

    path: Path
    sizes_bytes: dict[str, int]

    def read(self, name: str, limit_bytes: int = FILE_MAX_BYTES) -> bytes:
        _known(self.path, self.sizes_bytes, name)
        try:
            with zipfile.ZipFile(self.path) as archive, archive.open(name) as file:
                # What inflates to more than its header says ends at the limit, not in all the memory there is.
                data = file.read(limit_bytes + 1)
        except _UNREADABLE as error:
            _unreadable(self.path, error)
        except KeyError:
            _missing(self.path / name)
        return _within(self.path, name, data, limit_bytes)


def _walk(root: Path, folder: Path) -> Iterator[tuple[str, int]]:
    with os.scandir(folder) as listing:
        found = sorted(listing, key=lambda entry: entry.name)
    for entry in found:
        name = str(Path(entry.path).relative_to(root))
        if entry.is_symlink():
            _unsafe(root, f"{name} is a link")
        if entry.is_dir():
            yield from _walk(root, Path(entry.path))
        elif entry.is_file():
            yield name, entry.stat(follow_symlinks=False).st_size
        else:
            _unsafe(root, f"{name} is not a plain file")


def _zip_sizes(path: Path) -> Iterator[tuple[str, int]]:
    _refuse_large_directory(path)
    with zipfile.ZipFile(path) as archive:
        for info in sorted(archive.infolist(), key=lambda info: info.filename):
            kind = stat.S_IFMT(info.external_attr >> 16)
            if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
                _unsafe(path, f"{info.filename!r} is a link or a special file")
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                _unsafe(path, f"{info.filename!r} is compressed by method {info.compress_type}, known are 0 and 8")
            if info.flag_bits & 1:
                _unsafe(path, f"{info.filename!r} is encrypted")
            if info.is_dir() and not info.file_size:
                continue
            # The stored name: `filename` was cut at the first NUL and had its separators changed.
            if info.orig_filename != info.filename:
                _unsafe(path, f"{info.orig_filename!r} is not a name that a package may hold")
            if info.file_size > _SMALL_BYTES and info.file_size > INFLATES_MAX * info.compress_size:
                _too_large(path, f"{info.filename} inflates to over {INFLATES_MAX} times what is stored")
            yield info.filename, info.file_size


def _refuse_large_directory(path: Path) -> None:
    """A list of files that claims to be huge is refused before it is read into memory.

    Source:
        APPNOTE.TXT 4.3.14 to 4.3.16 (zip's end of central directory)
    """
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 22 - 0xFFFF - 20))
        tail = file.read()
    plain = len(tail) - 22
    end = plain if plain >= 0 and tail[plain:].startswith(b"PK\5\6") else tail.rfind(b"PK\5\6")
    if end < 0 or len(tail) < end + 22:
        raise zipfile.BadZipFile("it is neither a folder nor a zip")
    files = int.from_bytes(tail[end + 10 : end + 12], "little")
    size_bytes = int.from_bytes(tail[end + 12 : end + 16], "little")
    if files > FILES_MAX or size_bytes > _DIRECTORY_MAX_BYTES or b"PK\6\7" in tail[max(0, end - 20) : end]:
        _too_large(path, f"lists more than {FILES_MAX} files or uses zip64")


def _checked(path: Path, sizes: Iterator[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    folded: set[str] = set()
    total_bytes = 0
    for name, size_bytes in sizes:
        if len(name) > _NAME_MAX or not _NAME.fullmatch(name):
            _unsafe(path, f"{name[:_NAME_MAX]!r} is not a name that a package may hold")
        if name.casefold() in folded:
            _unsafe(path, f"{name!r} is there twice")
        total_bytes += size_bytes
        if size_bytes > FILE_MAX_BYTES or total_bytes > TOTAL_MAX_BYTES or len(found) >= FILES_MAX:
            _too_large(
                path, f"{name} takes it over {FILES_MAX} files, {FILE_MAX_BYTES} bytes a file or twice that in all"
            )
        folded.add(name.casefold())
        found[name] = size_bytes
    return found


_UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, struct.error, UnicodeDecodeError, EOFError, RuntimeError)
"""What `zipfile` and the disk raise; RuntimeError stands for encryption and unknown features."""


def _known(path: Path, sizes_bytes: dict[str, int], name: str) -> None:
    if name not in sizes_bytes:
        raise ModelError("MD-MISSING", f"The package {path} holds no {name}.", "Get the package again from its maker.")


def _within(path: Path, name: str, data: bytes, limit_bytes: int) -> bytes:
    if len(data) > limit_bytes:
        _too_large(path, f"{name} is larger than {limit_bytes} bytes")
    return data


def _missing(path: Path) -> NoReturn:
    raise ModelError("MD-MISSING", f"There is no model package at {path}.", "Name a package's folder or zip.")


def _unreadable(path: Path, error: BaseException) -> NoReturn:
    raise ModelError(
        "MD-UNREADABLE", f"The package {path} cannot be read: {error}.", "Get the package again from its maker."
    ) from error


def _unsafe(path: Path, what: str) -> NoReturn:
    raise ModelError("MD-UNSAFE", f"The package {path} is refused: {what}.", "Get the package again from its maker.")


def _too_large(path: Path, what: str) -> NoReturn:
    raise ModelError("MD-SIZE", f"The package {path} is too large: {what}.", "Get the package again from its maker.")
