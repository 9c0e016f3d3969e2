"""DICOM studies that the bundled files lack: further transfer syntaxes, a series, a medium and zip archives."""

from __future__ import annotations

import gc
import tempfile
import warnings
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import imagecodecs
import numpy as np
from pydicom import Dataset, dcmwrite
from pydicom.fileset import FileSet
from pydicom.uid import (
    HTJ2K,
    UID,
    CTImageStorage,
    DeflatedExplicitVRLittleEndian,
    HTJ2KLossless,
    ImplicitVRLittleEndian,
    JPEGLossless,
)

from tests.engine.intake.dicom.build import compressed, image, stored
from tests.fuzz.content import Files, ct_slice, ct_volume

_SLICES = 5


def further_kinds() -> Iterator[tuple[str, Files]]:
    """High-throughput JPEG 2000, JPEG lossless of any predictor, a deflated data set, and no preamble."""
    pixels = (ct_slice() + 1024).astype(np.uint16)
    streams = {
        "HTJ2K lossless": (HTJ2KLossless, imagecodecs.htj2k_encode(pixels, reversible=True)),
        "HTJ2K": (HTJ2K, imagecodecs.htj2k_encode(pixels, level=0.001, reversible=False)),
        "JPEG lossless": (JPEGLossless, imagecodecs.ljpeg_encode(pixels)),
    }
    for name, (syntax, stream) in streams.items():
        even = bytes(stream) + b"\0" * (len(stream) % 2)
        yield name, (("made.dcm", stored(compressed(image(pixels, Modality="CT"), syntax, even))),)
    deflated = image(pixels, Modality="CT")
    deflated.file_meta.TransferSyntaxUID = DeflatedExplicitVRLittleEndian
    yield "deflated", (("deflated.dcm", stored(deflated)),)
    yield "bare data set", (("bare.dcm", _without_preamble(image(pixels, Modality="CT"))),)


def series() -> Iterator[tuple[str, Files]]:
    """Five slices of one volume, uncompressed and as JPEG-LS."""
    yield "plain", tuple((f"{number}.dcm", stored(_slice(number))) for number in range(_SLICES))
    packed = []
    for number in range(_SLICES):
        stream = imagecodecs.jpegls_encode(ct_volume()[number].view(np.uint16))
        packed.append(compressed(_slice(number), "1.2.840.10008.1.2.4.80", bytes(stream) + b"\0" * (len(stream) % 2)))
    yield "jpeg-ls", tuple((f"{number}.dcm", stored(dataset)) for number, dataset in enumerate(packed))


def media() -> Iterator[tuple[str, Files]]:
    """A folder as it lies on a disc: a DICOMDIR and the files that it lists."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        # pydicom leaves staging folders of its own to the garbage collector, which warns: let it, here and now.
        warnings.simplefilter("ignore", ResourceWarning)
        _write_medium(folder)
        gc.collect()
        paths = sorted(path for path in Path(folder).rglob("*") if path.is_file())
        yield "disc", tuple((str(path.relative_to(folder)), path.read_bytes()) for path in paths)


def archives() -> Iterator[tuple[str, Files]]:
    """A series in a zip, stored and deflated."""
    for name, method in (("stored", zipfile.ZIP_STORED), ("deflated", zipfile.ZIP_DEFLATED)):
        file = BytesIO()
        with zipfile.ZipFile(file, "w", method) as archive:
            for number in range(_SLICES):
                archive.writestr(zipfile.ZipInfo(f"series/{number}.dcm"), stored(_slice(number)), method)
        yield name, ((f"{name}.zip", file.getvalue()),)


def _write_medium(folder: str) -> None:
    medium = FileSet()
    medium.UID = UID("1.2.9")
    for number in range(_SLICES):
        medium.add(_slice(number))
    medium.write(folder)


def _slice(number: int) -> Dataset:
    dataset = image(
        ct_volume()[number].view(np.uint16), Modality="CT", SeriesInstanceUID="1.2.3", StudyInstanceUID="1.2.2",
        FrameOfReferenceUID="1.2.4", SOPInstanceUID=f"1.2.3.{number + 1}", SOPClassUID=CTImageStorage,
        PixelSpacing=[0.7, 0.7], SliceThickness=2.5, RescaleSlope=1, RescaleIntercept=-1024, PatientID="1",
        PatientName="Doe^Jane", StudyDate="20200101", StudyTime="120000", StudyID="1", SeriesNumber=1,
        InstanceNumber=number + 1, ImagePositionPatient=[-20.0, 30.0, 5.0 + 2.5 * number],
        ImageOrientationPatient=[1.0, 0.0, 0.0, 0.0, 1.0, 0.0],
    )  # fmt: skip
    dataset.file_meta.MediaStorageSOPClassUID = CTImageStorage
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    return dataset


def _without_preamble(dataset: Dataset) -> bytes:
    """A data set alone, as equipment wrote before there were files (implicit VR little endian)."""
    file = BytesIO()
    dataset.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian
    del dataset.file_meta
    dcmwrite(file, dataset, implicit_vr=True, little_endian=True, enforce_file_format=False)
    return file.getvalue()
