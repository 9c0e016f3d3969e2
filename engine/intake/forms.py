"""Which form a file has, told from its first bytes and never from its name."""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from typing import Literal

from engine.intake.dicom.bare import bare_syntax

Form = Literal["png", "jpeg", "bmp", "tiff", "dicom", "nifti", "metaimage", "nrrd"]

HEAD_BYTES = 2048
"""How much of a file `form_of` and `looks_like` want to see: the header of a NIfTI inside gzip is what needs most."""

GZIP = b"\x1f\x8b"

SUFFIXES: dict[Form, frozenset[str]] = {
    "png": frozenset({".png"}),
    "jpeg": frozenset({".jpg", ".jpeg", ".jpe", ".jfif"}),
    "bmp": frozenset({".bmp", ".dib"}),
    "tiff": frozenset({".tif", ".tiff", ".btf", ".tf8"}),
    "dicom": frozenset({".dcm", ".dicom", ".ima", ".img", ".dc3", ""}),
    "nifti": frozenset({".nii", ".nii.gz"}),
    "metaimage": frozenset({".mha", ".mhd"}),
    "nrrd": frozenset({".nrrd", ".nhdr"}),
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
    (b"NRRD000", "nrrd"),
)

_NIFTI_MAGICS = {344: (b"n+1\0", b"ni1\0"), 4: (b"n+2\0\r\n\x1a\n", b"ni2\0\r\n\x1a\n")}
"""By their place in a header of version 1 or 2."""

_NIFTI_HEADER_BYTES = 540
"""Of version 2, the longer one."""

_META_IMAGE = re.compile(rb"\s*(?:ObjectType|ObjectSubType|Comment|NDims)[ \t]*=")
"""How a MetaImage header begins; each of its lines is `Key = value`."""

_KNOWN_BY_NAME: tuple[tuple[bytes, str], ...] = (
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a WebP picture or another RIFF container"),
    (b"\x00\x00\x00\x0cjP  ", "a bare JPEG 2000 picture"),
    (b"\xff\x4f\xff\x51", "a bare JPEG 2000 codestream"),
    (b"\x00\x00\x00\x0cJXL ", "a JPEG XL picture"),
    (b"PK\x03\x04", "a zip archive"),
    (GZIP, "a gzip file"),
    (b"%PDF", "a PDF document"),
    (b"\x02\x00\x00\x00", "DICOM without its 128 byte preamble"),
    (b"\x08\x00", "DICOM without its 128 byte preamble"),
)


def form_of(head: bytes) -> Form | None:
    """The form that begins with `head`, or None where it is none that Fovea reads.

    DICOM comes first: its preamble may hold the header of another form (PS3.10 7.1), the pixels are DICOM's. Without
    its preamble it comes last, for it is told by the soundness of its first elements alone.
    """
    if head[128:132] == b"DICM":
        return "dicom"
    if form := next((form for magic, form in _READ if head.startswith(magic)), None):
        return form
    if _META_IMAGE.match(head):
        return "metaimage"
    plain = inflated_head(head) if head.startswith(GZIP) else head
    if any(plain[at:].startswith(magics) for at, magics in _NIFTI_MAGICS.items()):
        return "nifti"
    return "dicom" if bare_syntax(head) else None


def inflated_head(head: bytes) -> bytes:
    """The header of a NIfTI inside gzip, as far as the beginning of the file gives it; none where it is damaged."""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, _NIFTI_HEADER_BYTES)
    except zlib.error:
        return b""


def looks_like(head: bytes) -> str:
    """What an unread file seems to be, for a person: 'a GIF picture', 'text', 'nothing known'."""
    for magic, name in _KNOWN_BY_NAME:
        if head.startswith(magic):
            return name
    return "text" if is_text(head) else "nothing known"


_LAYOUT = str.maketrans("", "", "\t\r\n\f\ufeff")
"""Control characters that belong to text."""


def is_text(head: bytes) -> bool:
    """Whether the beginning of a file is UTF-8 text without control characters; an empty one is not."""
    # The cut may lie inside a character of up to four bytes.
    for cut in range(4):
        try:
            text = head[: len(head) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return bool(text) and text.translate(_LAYOUT).isprintable()
    return False


def suffix_of(path: Path) -> str:
    """What a name ends in, `.nii.gz` as a whole, as written."""
    ending = "".join(path.suffixes[-2:])
    return ending if ending.lower() == ".nii.gz" else path.suffix


def has_image_suffix(path: Path) -> bool:
    """Whether the name claims one of the forms that Fovea reads."""
    suffix = suffix_of(path).lower()
    return suffix != "" and any(suffix in suffixes for suffixes in SUFFIXES.values())
