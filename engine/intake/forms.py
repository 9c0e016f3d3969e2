"""Which form a file has, told from its first bytes and never from its name."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

Form = Literal["png", "jpeg", "bmp", "tiff", "dicom"]

HEAD_BYTES = 132
"""How much of a file `form_of` and `looks_like` want to see: a DICOM preamble and its prefix (PS3.10 7.1)."""

SUFFIXES: dict[Form, frozenset[str]] = {
    "png": frozenset({".png"}),
    "jpeg": frozenset({".jpg", ".jpeg", ".jpe", ".jfif"}),
    "bmp": frozenset({".bmp", ".dib"}),
    "tiff": frozenset({".tif", ".tiff", ".btf", ".tf8"}),
    "dicom": frozenset({".dcm", ".dicom", ".ima", ".img", ".dc3", ""}),
}
"""Names in use for each form, in lower case."""

_READ: tuple[tuple[bytes, Form], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"BM", "bmp"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"II+\x00", "tiff"),
    (b"MM\x00+", "tiff"),
)

_KNOWN_BY_NAME: tuple[tuple[bytes, str], ...] = (
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a WebP picture or another RIFF container"),
    (b"\x00\x00\x00\x0cjP  ", "a bare JPEG 2000 picture"),
    (b"\xff\x4f\xff\x51", "a bare JPEG 2000 codestream"),
    (b"\x00\x00\x00\x0cJXL ", "a JPEG XL picture"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "a gzip file"),
    (b"%PDF", "a PDF document"),
    (b"NRRD", "an NRRD volume"),
    (b"\x02\x00\x00\x00", "DICOM without its 128 byte preamble"),
    (b"\x08\x00", "DICOM without its 128 byte preamble"),
)


def form_of(head: bytes) -> Form | None:
    """The form that begins with `head`, or None where it is none that Fovea reads.

    DICOM comes first: its preamble may hold the header of another form (PS3.10 7.1), the pixels are DICOM's.
    """
    if head[128:132] == b"DICM":
        return "dicom"
    return next((form for magic, form in _READ if head.startswith(magic)), None)


def looks_like(head: bytes) -> str:
    """What an unread file seems to be, for a person: 'a GIF picture', 'text', 'nothing known'."""
    for magic, name in _KNOWN_BY_NAME:
        if head.startswith(magic):
            return name
    return "text" if is_text(head) else "nothing known"


def is_text(head: bytes) -> bool:
    """Whether the beginning of a file is UTF-8 text without control characters; an empty one is not."""
    # The cut may lie inside a character of up to four bytes.
    for cut in range(4):
        try:
            text = head[: len(head) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return bool(text) and all(character.isprintable() or character in "\t\r\n\f\ufeff" for character in text)
    return False


def has_image_suffix(path: Path) -> bool:
    """Whether the name claims one of the forms that Fovea reads."""
    suffix = path.suffix.lower()
    return suffix != "" and any(suffix in suffixes for suffixes in SUFFIXES.values())
