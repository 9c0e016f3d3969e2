"""Sound files of every format that is read, small and with real content; what the fuzzing damages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from tests.conformance.manifest import BUNDLED, rows_of
from tests.fuzz import seeds_dicom, seeds_raster, seeds_volume
from tests.fuzz.content import Files

_LARGEST_BYTES = 100_000
"""Larger files take long to write and give the same findings less often."""

_SYNTAXES = {
    "1.2.840.10008.1.2": "implicit",
    "1.2.840.10008.1.2.1": "explicit",
    "1.2.840.10008.1.2.2": "big endian",
    "1.2.840.10008.1.2.5": "RLE",
    "1.2.840.10008.1.2.4.50": "JPEG baseline",
    "1.2.840.10008.1.2.4.51": "JPEG extended",
    "1.2.840.10008.1.2.4.70": "JPEG lossless",
    "1.2.840.10008.1.2.4.80": "JPEG-LS",
    "1.2.840.10008.1.2.4.81": "JPEG-LS",
    "1.2.840.10008.1.2.4.90": "JPEG 2000",
    "1.2.840.10008.1.2.4.91": "JPEG 2000",
    "1.2.840.10008.1.2.8.1": "deflated frames",
    "": "without syntax",
}
"""Of the bundled files, by their UID."""


@dataclass(frozen=True, slots=True)
class Seed:
    """One study as it lies on a disk.

    Args:
        form: the format, by which findings are counted.
        name: of this study among those of its form.
        files: path below a folder of its own, and content. A single file is given to the program by name, several as
            their folder.
    """

    form: str
    name: str
    files: Files


@cache
def all_seeds() -> tuple[Seed, ...]:
    """In a steady order: the cases of a run follow from its number and this list."""
    return (
        *_bundled_dicom(),
        *(Seed(f"DICOM {name}", "made", files) for name, files in seeds_dicom.further_kinds()),
        *_made("DICOM series", seeds_dicom.series()),
        *_made("DICOMDIR", seeds_dicom.media()),
        *_made("zip", seeds_dicom.archives()),
        *_made("PNG", seeds_raster.png_kinds()),
        *_made("JPEG", seeds_raster.jpeg_kinds()),
        *_made("BMP", seeds_raster.bmp_kinds()),
        *_made("TIFF", seeds_raster.tiff_kinds()),
        *_made("NIfTI", seeds_volume.nifti_kinds()),
        *_made("MetaImage", seeds_volume.metaimage_kinds()),
        *_made("NRRD", seeds_volume.nrrd_kinds()),
    )


def _made(form: str, kinds: Iterable[tuple[str, Files]]) -> list[Seed]:
    return [Seed(form, name, files) for name, files in kinds]


def _bundled_dicom() -> list[Seed]:
    """The real files beside the tests, those that are to be refused among them."""
    rows = [row for row in rows_of(BUNDLED, "file") if row.path.stat().st_size <= _LARGEST_BYTES]
    return [
        Seed(f"DICOM {_SYNTAXES[row.syntax]}", row.path.stem, ((row.path.name, row.path.read_bytes()),)) for row in rows
    ]
