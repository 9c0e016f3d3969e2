"""The studies of `tests.bench.overlap`: real photographs, larger ones laid of them, copies of the bundled series."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
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


NAMES = ("photographs", "large", "uncompressed", "jpeg-ls")


@dataclass(frozen=True, slots=True)
class Set:
    """Studies of one kind.

    Args:
        name: to choose it by.
        title: as printed.
        number: of studies.
        founds: the studies, made at the first call.
        images: in each of them.
    """

    name: str
    title: str
    number: int
    founds: Callable[[], tuple[Found, ...]]
    images: int = 1


def sets(scratch: Path, photographs: int, large: int, series: int) -> Iterator[Set]:
    """The studies of each kind, as many as wanted."""
    if PHOTOGRAPHS.is_dir():
        paths = sorted(PHOTOGRAPHS.iterdir())
        some, more = paths[:photographs], paths[:large]
        small = cache(lambda: tuple(Found(str(path), path) for path in some))
        yield Set("photographs", "photographs of bsd", len(some), small)
        laid = cache(lambda: tuple(_laid(path, scratch) for path in more))
        yield Set("large", "photographs of 12 megapixels", len(more), laid)
    images = len(list(SERIES.iterdir()))
    for syntax in ("uncompressed", "JPEG-LS"):
        copies = cache(lambda syntax=syntax: tuple(_copied(scratch / f"{syntax}-{n}", syntax) for n in range(series)))
        yield Set(syntax.lower(), f"CT series, {syntax}", series, copies, images)


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
