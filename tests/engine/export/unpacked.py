"""Everything that an export says, out of every container it comes in: where it stands, and the words."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pydicom
import tifffile
from PIL import Image
from pydicom import Dataset
from pypdf import PdfReader

Said = tuple[str, str]
"""What kind of place, and the words there."""


def said_in(folder: Path) -> Iterator[Said]:
    """All that the files of a folder say, names of files included."""
    for path in sorted(folder.rglob("*")):
        yield "file name", str(path.relative_to(folder))
        if path.is_file():
            yield from said_by(path.name, path.read_bytes())


def said_by(name: str, data: bytes) -> Iterator[Said]:
    """What one file says: its bytes as they are, and whatever is packed or written in another way in them."""
    yield "bytes", data.decode("latin-1")
    if data.startswith(b"%PDF"):
        yield from _pdf(data)
    elif data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield "zip", member
                yield from (("zip", words) for _, words in said_by(member, archive.read(member)))
    elif data.startswith(b"PAR1"):
        table = pq.read_table(io.BytesIO(data))
        yield "parquet", str(table.schema.metadata)
        yield from (("parquet", str(value)) for column in table.itercolumns() for value in column.to_pylist())
    elif data.startswith((b"\x89PNG", b"\xff\xd8", b"II*\0", b"MM\0*")):
        yield from _picture(data)
    elif data.startswith(b"NRRD"):
        yield "nrrd", data.partition(b"\n\n")[0].decode("latin-1")
    elif data.startswith(b"\x1f\x8b"):
        yield "gzip", gzip.decompress(data).decode("latin-1")
    elif data[128:132] == b"DICM":
        yield from _dicom(data)


def _pdf(data: bytes) -> Iterator[Said]:
    document = PdfReader(io.BytesIO(data))
    yield "pdf facts", str(document.metadata)
    for page in document.pages:
        # Lines are joined: a name may be broken over two.
        yield "pdf text", " ".join(page.extract_text().split())
        for image in page.images:
            yield "pdf image", image.name
            yield from (("pdf image", words) for _, words in _picture(image.data))


def _picture(data: bytes) -> Iterator[Said]:
    with Image.open(io.BytesIO(data)) as image:
        yield "picture text", str(image.info)
        yield "exif", str(dict(image.getexif()))
    if data.startswith((b"II*\0", b"MM\0*")):
        with tifffile.TiffFile(io.BytesIO(data)) as tiff:
            yield "tiff tags", " ".join(str(tag.value) for page in tiff.pages for tag in page.tags)


def _dicom(data: bytes) -> Iterator[Said]:
    dataset = pydicom.dcmread(io.BytesIO(data))
    yield "dicom preamble", dataset.preamble.decode("latin-1")
    yield "dicom meta", str(dataset.file_meta)
    yield from _elements(dataset)


def _elements(dataset: Dataset) -> Iterator[Said]:
    for element in dataset:
        if element.VR == "SQ":
            for item in element.value:
                yield from _elements(item)
        elif element.keyword != "PixelData":
            kind = "dicom private" if element.tag.is_private else "dicom"
            value = element.value
            yield kind, value.decode("latin-1") if isinstance(value, bytes) else str(value)


def places_of(needles: Iterable[str], folder: Path) -> set[tuple[str, str]]:
    """(needle, kind of place) wherever one of the needles is said, in whatever case."""
    folded = [needle.casefold() for needle in needles]
    return {(found, place) for place, words in said_in(folder) for found in _found(folded, words.casefold())}


def _found(needles: list[str], words: str) -> Iterator[str]:
    for needle in needles:
        if needle in words and (not needle.isdecimal() or re.search(_DAY.format(needle), words)):
            yield needle


_DAY = r"(?<![\d.]){}(?=\d{{6}}|\D|$)"
"""A day as DICOM writes it is looked for alone or before a time of day: many a long number holds its digits."""
