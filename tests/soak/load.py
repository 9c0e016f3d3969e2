"""Full load: as soon as a file was answered and moved away another comes, so that the queue is never empty.

The files are the bundled samples: most of them photographs, some volumes, and now and then a damaged one. A comment
makes each a content of its own, since an answer that is repeated from the record is no work.
"""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from engine.places import RESOURCES

_WAITING = 24
_VOLUMES_SHARE = 0.02


class Load:
    """Keeps a watched folder full.

    Args:
        folder: the watched one; answered files are moved into folders in it.
        outside: on the same disk; files are written there and renamed.
        seed: decides which comes when.
    """

    def __init__(self, folder: Path, outside: Path, seed: int) -> None:
        self.thrown_in = 0
        self.moved_away = 0
        self._folder = folder
        self._outside = outside
        self._chance = random.Random(seed)
        self._photographs = _samples("*.jpg", "*.png")
        self._volumes = [(path.suffix, path.read_bytes()) for path in sorted(RESOURCES.glob("models/*/golden/*.mha"))]
        self._once = (*self._volumes, *self._photographs)

    @property
    def every_kind_was_answered(self) -> bool:
        """Whether each sample was answered and moved away at least once, so that every model is loaded."""
        first = [f"{number:06d}{suffix}" for number, (suffix, _) in enumerate(self._once)]
        return self.thrown_in >= len(first) and not any((self._folder / name).exists() for name in first)

    def renew(self) -> None:
        """Clears away what was answered, and throws in as many."""
        for name in ("done", "refused"):
            for answered in _files_in(self._folder / name):
                answered.unlink()
                self.moved_away += 1
        while self.thrown_in - self.moved_away < _WAITING:
            self._throw_in()

    def _throw_in(self) -> None:
        suffix, content = self._next()
        made = self._outside / f"{self.thrown_in:06d}{suffix}"
        made.write_bytes(with_comment(suffix, content, f"no. {self.thrown_in}"))
        made.replace(self._folder / made.name)
        self.thrown_in += 1

    def _next(self) -> tuple[str, bytes]:
        """Each of them once at first, so that all models are loaded early; then at random."""
        if self.thrown_in < len(self._once):
            return self._once[self.thrown_in]
        return self._chance.choice(self._volumes if self._chance.random() < _VOLUMES_SHARE else self._photographs)


def with_comment(suffix: str, content: bytes, comment: str) -> bytes:
    """The same picture in other bytes: a comment as the format has them.

    Source:
        ITU-T T.81 B.2.4.5; PNG (Third Edition) 11.3.3.3; MetaIO's tag `Comment`.
    """
    text = comment.encode()
    match suffix:
        case ".jpg":
            return content[:2] + b"\xff\xfe" + struct.pack(">H", len(text) + 2) + text + content[2:]
        case ".png":
            behind_header = 8 + 25
            chunk = b"tEXtComment\0" + text
            whole = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
            return content[:behind_header] + whole + content[behind_header:]
        case ".mha":
            first, rest = content.split(b"\n", 1)
            return first + b"\nComment = " + text + b"\n" + rest
    raise ValueError(suffix)


def _samples(*patterns: str) -> list[tuple[str, bytes]]:
    found = sorted(path for pattern in patterns for path in (RESOURCES / "samples").glob(pattern))
    return [(path.suffix, path.read_bytes()) for path in found]


def _files_in(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (path for path in folder.rglob("*") if path.is_file())
