"""The studies of `tests.bench.overlap`: real photographs, larger ones laid of them, copies of the bundled series."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import imagecodecs
import numpy as np
import pydicom
from PIL import Image
from pydicom.encaps import generate_frames
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

from engine.intake.find import Found, find_one
from engine.places import RESOURCES

PHOTOGRAPHS = Path(__file__).resolve().parents[3] / "shared" / "data" / "bsd" / "images"
SERIES = RESOURCES / "samples" / "ct-phantom"
HEIGHT_PX, WIDTH_PX = 3000, 4096


@dataclass(frozen=True, slots=True)
class Set:
    """Studies of one kind.

    Args:
        title: as printed.
        founds: the studies.
        images: in each of them.
    """

    title: str
    founds: tuple[Found, ...]
    images: int = 1


def sets(scratch: Path, photographs: int, large: int, series: int) -> Iterator[Set]:
    """Makes the studies of each kind, as many as wanted, when their turn comes."""
    if PHOTOGRAPHS.is_dir():
        paths = sorted(PHOTOGRAPHS.iterdir())
        yield Set("photographs of bsd", tuple(Found(str(path), path) for path in paths[:photographs]))
        yield Set("photographs of 12 megapixels", tuple(_laid(paths[number], scratch) for number in range(large)))
    for syntax in ("uncompressed", "JPEG-LS"):
        copies = tuple(_copied(scratch / f"{syntax}-{number}", syntax) for number in range(series))
        yield Set(f"CT series, {syntax}", copies, len(list(SERIES.iterdir())))


def _laid(path: Path, scratch: Path) -> Found:
    """The photograph beside and below itself until the size is reached."""
    pixels = np.asarray(Image.open(path).convert("RGB"))
    times = (-(-HEIGHT_PX // pixels.shape[0]), -(-WIDTH_PX // pixels.shape[1]), 1)
    target = scratch / f"large-{path.stem}.jpg"
    Image.fromarray(np.tile(pixels, times)[:HEIGHT_PX, :WIDTH_PX]).save(target, quality=95)
    return Found(str(target), target)


def _copied(folder: Path, syntax: str) -> Found:
    """The bundled series, which is stored in JPEG-LS, under UIDs of its own."""
    folder.mkdir()
    series_uid = generate_uid()
    for path in SERIES.iterdir():
        dataset = pydicom.dcmread(path)
        if syntax == "uncompressed":
            (stream,) = generate_frames(dataset.PixelData, number_of_frames=1)
            dataset.PixelData = imagecodecs.jpegls_decode(stream).tobytes()
            dataset["PixelData"].VR, dataset["PixelData"].is_undefined_length = "OW", False
            dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        dataset.SeriesInstanceUID = series_uid
        dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = generate_uid()
        dataset.save_as(folder / path.name)
    return find_one(folder)
