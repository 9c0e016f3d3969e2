"""Writes a simulated scan as a DICOM series: a CT image a slice, as a scanner would send it.

Source: PS3.3 A.3 (CT Image IOD), PS3.3 C.7.6.2 (Image Plane), C.8.2.1 (CT Image), PS3.5 A.4.3 (JPEG-LS).
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import imagecodecs
import numpy as np
from pydicom import FileDataset
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import UID, CTImageStorage, ExplicitVRLittleEndian, JPEGLSLossless

from engine.learn.phantom.case import Case

INTERCEPT_HU = -1024
DATE, TIME = "20260101", "080000"  # the same for every series: the bytes follow from the seed alone


def write_series(case: Case, folder: Path, seed: int, *, compressed: bool = True) -> list[Path]:
    """Writes a file a slice, the feet first.

    Args:
        seed: of the set; the identifiers are made of it and of the case's name.
        compressed: JPEG-LS, lossless; else as plain numbers.

    Raises:
        OSError: the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [_write_slice(case, folder, seed, index, compressed) for index in range(len(case.voxels))]


def _write_slice(case: Case, folder: Path, seed: int, index: int, compressed: bool) -> Path:
    image = _described(case, seed)
    _place(image, case, seed, index)
    stored = (case.voxels[index].astype(np.int32) - INTERCEPT_HU).astype("<u2")
    if compressed:
        image.PixelData = encapsulate([bytes(imagecodecs.jpegls_encode(stored))])
        image["PixelData"].VR = "OB"  # PS3.5 A.4: encapsulated pixels are bytes
    else:
        image.PixelData = stored.tobytes()
    path = folder / f"slice-{index + 1:04d}.dcm"
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = CTImageStorage
    meta.MediaStorageSOPInstanceUID = image.SOPInstanceUID
    meta.TransferSyntaxUID = JPEGLSLossless if compressed else ExplicitVRLittleEndian
    meta.ImplementationClassUID = _uid("fovea phantom")
    file = FileDataset(str(path), image, preamble=b"\0" * 128, file_meta=meta)
    file.save_as(path, enforce_file_format=True)
    return path


def _described(case: Case, seed: int) -> Dataset:
    """What all slices share."""
    made, image = case.plan.acquisition, Dataset()
    who = f"{seed} {case.plan.name}"
    image.SpecificCharacterSet = "ISO_IR 192"
    image.ImageType = ["DERIVED", "SECONDARY", "AXIAL"]
    image.SOPClassUID = CTImageStorage
    image.StudyDate = image.SeriesDate = image.ContentDate = DATE
    image.StudyTime = image.SeriesTime = image.ContentTime = TIME
    image.Modality = "CT"
    image.Manufacturer = "Simulated"
    image.ManufacturerModelName = "ct-nodule-phantom"
    image.AccessionNumber = image.ReferringPhysicianName = image.PatientBirthDate = image.PatientSex = ""
    image.PatientName = "Phantom^Simulated"
    image.PatientID = f"PHANTOM-{case.plan.name}"
    image.StudyID = image.SeriesNumber = "1"
    image.StudyDescription = "Simulated chest CT"
    image.SeriesDescription = f"{made.slices.thickness_mm:g} mm {made.kernel.name}"
    image.BodyPartExamined = "CHEST"
    image.PatientPosition = "HFS"
    image.StudyInstanceUID = _uid(f"study {who}")
    image.SeriesInstanceUID = _uid(f"series {who}")
    image.FrameOfReferenceUID = _uid(f"frame {who}")
    image.PositionReferenceIndicator = ""
    image.KVP = "120"
    image.ConvolutionKernel = made.kernel.name.upper()
    return image


def _place(image: Dataset, case: Case, seed: int, index: int) -> None:
    """Which slice it is, where it lies and what its numbers mean."""
    made, grid = case.plan.acquisition, case.plan.grid
    z, y, x = grid.origin_mm
    image.SOPInstanceUID = _uid(f"slice {index} of {seed} {case.plan.name}")
    image.InstanceNumber = str(index + 1)
    image.AcquisitionNumber = "1"
    image.SliceThickness = _decimal(made.slices.thickness_mm)
    image.SpacingBetweenSlices = _decimal(made.slices.spacing_mm)
    image.PixelSpacing = [_decimal(grid.step_mm[1]), _decimal(grid.step_mm[2])]
    image.ImageOrientationPatient = ["1", "0", "0", "0", "1", "0"]
    image.ImagePositionPatient = [_decimal(x), _decimal(y), _decimal(z + index * grid.step_mm[0])]
    image.SliceLocation = _decimal(z + index * grid.step_mm[0])
    image.SamplesPerPixel = 1
    image.PhotometricInterpretation = "MONOCHROME2"
    image.Rows, image.Columns = case.voxels.shape[1:]
    image.BitsAllocated, image.BitsStored, image.HighBit, image.PixelRepresentation = 16, 12, 11, 0
    image.RescaleIntercept, image.RescaleSlope, image.RescaleType = str(INTERCEPT_HU), "1", "HU"
    image.WindowCenter, image.WindowWidth = "-600", "1500"


def _decimal(value: float) -> str:
    """A decimal string of at most 16 characters (PS3.5 6.2)."""
    return f"{value:.6f}"


def _uid(text: str) -> UID:
    """An identifier derived from a text (PS3.5 B.2): 2.25 and the number of a UUID made of its hash."""
    digest = bytearray(hashlib.sha256(text.encode()).digest()[:16])
    digest[6], digest[8] = digest[6] & 0x0F | 0x80, digest[8] & 0x3F | 0x80
    return UID(f"2.25.{int.from_bytes(digest, 'big')}")
