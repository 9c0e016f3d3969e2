"""Small DICOM files with chosen elements, written by pydicom for the tests of this folder."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from pydicom import Dataset, dcmwrite
from pydicom.dataset import FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import ExplicitVRLittleEndian, SecondaryCaptureImageStorage

PIXELS = np.arange(12, dtype=np.uint16).reshape(3, 4)
"""What a file holds where a test does not say otherwise."""


def image(pixels: np.ndarray = PIXELS, **elements: object) -> Dataset:
    """A secondary capture image of the given pixels; further elements by keyword, None takes one away."""
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.file_meta.MediaStorageSOPClassUID = SecondaryCaptureImageStorage
    dataset.file_meta.MediaStorageSOPInstanceUID = "1.2.3"
    dataset.SOPInstanceUID = "1.2.3"
    dataset.Modality = "OT"
    dataset.Rows, dataset.Columns = pixels.shape[:2]
    dataset.SamplesPerPixel = 3 if pixels.ndim == 3 else 1
    dataset.PhotometricInterpretation = "RGB" if pixels.ndim == 3 else "MONOCHROME2"
    if pixels.ndim == 3:
        dataset.PlanarConfiguration = 0
    bits = pixels.dtype.itemsize * 8
    dataset.BitsAllocated = dataset.BitsStored = bits
    dataset.HighBit = bits - 1
    dataset.PixelRepresentation = int(pixels.dtype.kind == "i")
    data = pixels.tobytes()
    dataset.PixelData = data + b"\0" * (len(data) % 2)
    dataset["PixelData"].VR = "OW" if bits > 8 else "OB"
    return changed(dataset, **elements)


def changed(dataset: Dataset, **elements: object) -> Dataset:
    """Sets elements by keyword; None takes one away, BitsStored moves HighBit along."""
    if elements.get("BitsStored") and "HighBit" not in elements:
        dataset.HighBit = int(str(elements["BitsStored"])) - 1
    for keyword, value in elements.items():
        if value is None:
            delattr(dataset, keyword)
        else:
            setattr(dataset, keyword, value)
    return dataset


def compressed(dataset: Dataset, syntax: str, *streams: bytes) -> Dataset:
    """Replaces the pixels by compressed fragments."""
    dataset.file_meta.TransferSyntaxUID = syntax
    dataset.PixelData = encapsulate(list(streams))
    dataset["PixelData"].VR = "OB"
    dataset["PixelData"].is_undefined_length = True
    return dataset


def stored(dataset: Dataset) -> bytes:
    """The bytes of a file with this data set."""
    file = BytesIO()
    dcmwrite(file, dataset, enforce_file_format=True)
    return file.getvalue()
