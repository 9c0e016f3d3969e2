"""Small DICOM files with chosen elements, written by pydicom for the tests of this folder."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import numpy as np
from pydicom import Dataset, dcmwrite
from pydicom.datadict import tag_for_keyword
from pydicom.dataset import FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import ExplicitVRLittleEndian, JPEGBaseline8Bit, SecondaryCaptureImageStorage

DEFLATED_FRAMES = "1.2.840.10008.1.2.8.1"
"""Deflated Image Frame Compression (PS3.5 A.4.13)."""

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


def multiframe(frames: np.ndarray, **elements: object) -> Dataset:
    """An image of (frames, rows, columns) or (frames, rows, columns, 3) pixels; the rest as `image`."""
    dataset = image(frames[0])
    data = frames.tobytes()
    return changed(dataset, **{"NumberOfFrames": len(frames), "PixelData": data + b"\0" * (len(data) % 2)} | elements)


def enhanced(
    frames: np.ndarray,
    positions: Sequence[Sequence[float]],
    cosines: Sequence[float] = (1, 0, 0, 0, 1, 0),
    *,
    rescales: Sequence[tuple[float, float]] = ((1.0, -1024.0),),
    indices: Sequence[Sequence[int]] = (),
    dimensions: Sequence[str] = (),
    **elements: object,
) -> Dataset:
    """An enhanced CT: one position a frame, one rescale for all or one a frame, and its dimensions (PS3.3 C.7.6.16)."""
    shared, own = Dataset(), [Dataset() for _ in frames]
    shared.PixelMeasuresSequence = [_group(PixelSpacing=[0.5, 0.8], SliceThickness=1)]
    shared.PlaneOrientationSequence = [_group(ImageOrientationPatient=list(cosines))]
    transformations = [_group(RescaleSlope=slope, RescaleIntercept=intercept) for slope, intercept in rescales]
    if len(rescales) == 1:
        shared.PixelValueTransformationSequence = transformations
    for number, item in enumerate(own):
        item.PlanePositionSequence = [_group(ImagePositionPatient=[round(float(mm), 6) for mm in positions[number]])]
        item.FrameContentSequence = [_group(**({"DimensionIndexValues": list(indices[number])} if indices else {}))]
        if len(rescales) > 1:
            item.PixelValueTransformationSequence = [transformations[number]]
    groups = {"SharedFunctionalGroupsSequence": [shared], "PerFrameFunctionalGroupsSequence": own, "Modality": "CT"}
    pointers = [_group(DimensionIndexPointer=tag_for_keyword(name)) for name in dimensions]
    return multiframe(frames, **groups | ({"DimensionIndexSequence": pointers} if pointers else {}) | elements)


def _group(**elements: object) -> Dataset:
    return changed(Dataset(), **elements)


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
    stated = dataset.file_meta.TransferSyntaxUID
    if stated == DEFLATED_FRAMES:  # unknown to pydicom 3.0: written under a name of the same length
        dataset.file_meta.TransferSyntaxUID = JPEGBaseline8Bit
    dcmwrite(file, dataset, enforce_file_format=True)
    dataset.file_meta.TransferSyntaxUID = stated
    if stated == DEFLATED_FRAMES:
        return file.getvalue().replace(JPEGBaseline8Bit.encode(), stated.encode() + b"\0", 1)
    return file.getvalue()
