"""A photograph as a DICOM instance of its own, so that reports and marks have something to refer to."""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray
from pydicom import Dataset
from pydicom.dataset import FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, VLPhotographicImageStorage

from engine.domain.scan import Scan
from engine.domain.study import Study
from engine.export.codes import MANUFACTURER
from engine.export.findings import Case
from engine.export.names import Names
from engine.program import program_version

_EMPTY = (
    *("PatientName", "PatientID", "PatientBirthDate", "PatientSex", "PatientOrientation", "Laterality"),
    *("AccessionNumber", "StudyID", "ReferringPhysicianName"),
)
"""Type 2, and nothing to say."""


def wrapped(scan: Scan, study: Study, case: Case, names: Names, stored_bytes: int) -> Dataset:
    """A VL Photographic image with the pixels of a photograph, upright as they were looked at.

    Its UIDs come from the photograph's content, so that one photograph is one instance however often it is exported.
    Of a part there is no patient: name and ID are empty.

    Args:
        scan: 8 or 16 bit, grey or RGB; the image holds 8 bits, as the class wants (PS3.3 A.32.4).
        study: the photograph.
        case: when it arrived.
        names: what things are called outside.
        stored_bytes: size of the photograph's file.

    Source: PS3.3 A.32.4.3, C.8.12.1.
    """
    pixels = _eight_bits(scan)
    arrived = names.moved(case.recorded.arrival.arrived_at, study.content_hash) or case.recorded.arrival.arrived_at
    image = Dataset()
    image.SpecificCharacterSet = "ISO_IR 192"
    image.ImageType = ["ORIGINAL", "PRIMARY"]
    image.SOPClassUID = VLPhotographicImageStorage
    image.SOPInstanceUID = names.uid(_uid_of(study, "instance"))
    image.StudyInstanceUID = names.uid(_uid_of(study, "exam"))
    image.SeriesInstanceUID = names.uid(_uid_of(study, "series"))
    image.Modality = "XC"
    image.Manufacturer = MANUFACTURER
    image.SoftwareVersions = program_version()
    image.StudyDate = image.ContentDate = f"{arrived:%Y%m%d}"
    image.StudyTime = image.ContentTime = f"{arrived:%H%M%S}"
    for keyword in _EMPTY:
        setattr(image, keyword, "")
    image.SeriesNumber = image.InstanceNumber = 1
    image.AcquisitionContextSequence = []
    image.LossyImageCompression = "01" if scan.provenance.lossy else "00"
    if scan.provenance.lossy:
        image.LossyImageCompressionMethod = "ISO_10918_1"  # JPEG is the only lossy form among photographs
        image.LossyImageCompressionRatio = f"{scan.pixels.nbytes / max(stored_bytes, 1):.4g}"
    _set_pixels(image, pixels)
    if names.deidentified:
        image.PatientIdentityRemoved = "YES"
        image.DeidentificationMethod = "Fovea: pixels and time of arrival alone, the time moved"
    image.file_meta = FileMetaDataset()
    image.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    image.file_meta.MediaStorageSOPClassUID = image.SOPClassUID
    image.file_meta.MediaStorageSOPInstanceUID = image.SOPInstanceUID
    return image


def _set_pixels(image: Dataset, pixels: NDArray[np.uint8]) -> None:
    image.Rows, image.Columns = pixels.shape[:2]
    image.SamplesPerPixel = 3 if pixels.ndim == 3 else 1
    image.PhotometricInterpretation = "RGB" if pixels.ndim == 3 else "MONOCHROME2"
    if pixels.ndim == 3:
        image.PlanarConfiguration = 0
    image.BitsAllocated = image.BitsStored = 8
    image.HighBit = 7
    image.PixelRepresentation = 0
    data = pixels.tobytes()
    image.PixelData = data + b"\0" * (len(data) % 2)
    image["PixelData"].VR = "OB"


def _eight_bits(scan: Scan) -> NDArray[np.uint8]:
    pixels = scan.pixels
    if pixels.dtype == np.uint8:
        return pixels
    scaled = np.clip(pixels.astype(np.float64) / scan.stored_max, 0.0, 1.0)
    return np.round(scaled * 255.0).astype(np.uint8)


def _uid_of(study: Study, what: str) -> str:
    digest = hashlib.sha256(f"{what}\0{study.content_hash}".encode()).digest()
    return f"2.25.{int.from_bytes(digest[:16], 'big')}"
