"""`python -m tests.tools.mr_slices DATA OUT`: grey JPEG slices with COCO boxes as DICOM MR images, an exam a slice.

DATA holds `annotations/train.json` and `annotations/test.json`, whose images name the block of slice numbers that they
come from. OUT gets `images/NAME.dcm`, `train.json` and `test.json`; what is there already is kept.

The files are MR Image Storage in all but the Image Plane module: nobody knows the spacing and place of these slices,
and made-up ones would be measured with. Times, patient and scanner are empty for the same reason.

Source: PS3.3 A.4 (MR Image IOD), C.8.3.1 (MR Image: 16 bits allocated), C.7.6.1.1.5 (lossy compression), PS3.5 B.2.
"""

import argparse
import json
import sys
import uuid
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.filewriter import dcmwrite
from pydicom.uid import UID, ExplicitVRLittleEndian, MRImageStorage

from engine.errors import FoveaError, LearnError
from engine.evaluate.truth import read_truth
from engine.intake.read import read

SPLITS = ("train", "test")


def main() -> int:
    options = _options()
    try:
        for split, written in wrap(options.data, options.out).items():
            sys.stdout.write(f"{split}: {written} slices written\n")
    except (FoveaError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def wrap(data: Path, out: Path) -> dict[str, int]:
    """Wraps both splits.

    Returns:
        For each split how many slices were written; those that were there before do not count.

    Raises:
        InputError: a slice is missing or cannot be decoded.
        LearnError: LE-TRUTH for unsound annotations, an image without its block or two of one name; LE-IMAGE for a
            slice that is not grey with 8 bits, or not of the size stated.
        OSError: OUT cannot be written to.
    """
    truths = {split: _with_groups(data / "annotations" / f"{split}.json") for split in SPLITS}
    _check_names([image for truth in truths.values() for image in truth["images"]])
    written = {}
    for split, truth in truths.items():
        written[split] = sum(_wrapped(image, data, out) for image in truth["images"])
        listed = {**truth, "images": [{**image, "file_name": _dicom_name(image)} for image in truth["images"]]}
        _keep_or_write(out / f"{split}.json", (json.dumps(listed, indent=1) + "\n").encode())
    return written


def _with_groups(path: Path) -> dict[str, Any]:
    """The annotation file; each image's group is its block, since neighbouring slices show one patient."""
    read_truth(path)  # refuses what is no sound COCO file
    truth: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for image in truth["images"]:
        if not isinstance(image.get("block"), int):
            raise LearnError(
                "LE-TRUTH",
                f"Image {image['file_name']} of {path} has the block {image.get('block')!r}, wanted is a whole number.",
                "Name the block of slice numbers that it comes from.",
            )
        image["group"] = f"block{image['block']:02}"
    return truth


def _check_names(images: list[dict[str, Any]]) -> None:
    """Two slices of one name would be one file, and one in both splits would be tested on after it was learned."""
    for name, count in Counter(_dicom_name(image) for image in images).items():
        if count > 1:
            raise LearnError(
                "LE-TRUTH",
                f"{count} images become {name}, wanted is 1.",
                "List each slice once, in one split, under a name of its own.",
            )


def _dicom_name(image: dict[str, Any]) -> str:
    """Relative to the output folder; the name's folders are left out, so that none leads out of it."""
    return f"images/{Path(image['file_name']).stem}.dcm"


def _wrapped(image: dict[str, Any], data: Path, out: Path) -> bool:
    """Writes one slice; False if it is there already."""
    target, source = out / _dicom_name(image), data / image["file_name"]
    if target.exists():
        return False
    pixels, wanted = read(source).scan.pixels, (image["height"], image["width"])
    if pixels.dtype != np.uint8 or pixels.shape != wanted:
        raise LearnError(
            "LE-IMAGE",
            f"{source} has {pixels.dtype} pixels of shape {pixels.shape}, wanted are uint8 of shape {wanted}.",
            "Export the slice in grey with 8 bits, or correct its size in the annotation file.",
        )
    content = BytesIO()
    shrunk = pixels.size / source.stat().st_size
    dcmwrite(content, mr_image(pixels, image["file_name"], shrunk), enforce_file_format=True)
    return _keep_or_write(target, content.getvalue())


def mr_image(pixels: NDArray[np.uint8], name: str, compression_ratio: float) -> Dataset:
    """One slice as an MR image that is alone in its series and study.

    Args:
        pixels: (H, W) uint8, grey.
        name: the identifiers are made of it, so the same name and pixels give the same bytes.
        compression_ratio: of the lossy form that the pixels had before.
    """
    image = Dataset()
    image.SpecificCharacterSet = "ISO_IR 192"
    image.ImageType = ["DERIVED", "SECONDARY", "OTHER"]
    image.SOPClassUID = MRImageStorage
    image.SOPInstanceUID = _uid(f"slice {name}")
    image.StudyInstanceUID = _uid(f"study {name}")
    image.SeriesInstanceUID = _uid(f"series {name}")
    image.FrameOfReferenceUID = _uid(f"frame {name}")
    image.Modality = "MR"
    image.SeriesNumber = image.InstanceNumber = "1"
    image.ScanningSequence, image.SequenceVariant = "RM", "NONE"
    for unknown in ("PatientName", "PatientID", "PatientBirthDate", "PatientSex", "StudyDate", "StudyTime", "StudyID"):
        setattr(image, unknown, "")
    for unknown in ("AccessionNumber", "ReferringPhysicianName", "Manufacturer", "PositionReferenceIndicator"):
        setattr(image, unknown, "")
    for unknown in ("PatientPosition", "ScanOptions", "MRAcquisitionType", "ContrastBolusAgent"):
        setattr(image, unknown, "")
    image.EchoTime = image.EchoTrainLength = None
    image.LossyImageCompression = "01"
    image.LossyImageCompressionRatio = f"{compression_ratio:.2f}"
    image.LossyImageCompressionMethod = "ISO_10918_1"
    image.SamplesPerPixel, image.PhotometricInterpretation = 1, "MONOCHROME2"
    image.Rows, image.Columns = pixels.shape
    image.BitsAllocated, image.BitsStored, image.HighBit, image.PixelRepresentation = 16, 8, 7, 0
    image.PixelData = pixels.astype("<u2").tobytes()
    image["PixelData"].VR = "OW"
    image.file_meta = FileMetaDataset()
    image.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    image.file_meta.ImplementationClassUID = _uid("fovea mr slices")
    return image


def _uid(text: str) -> UID:
    """An identifier derived from a text: 2.25 and the number of a name-based UUID."""
    return UID(f"2.25.{uuid.uuid5(uuid.NAMESPACE_OID, text).int}")


def _keep_or_write(path: Path, content: bytes) -> bool:
    """Writes a file whole or not at all; False if it is there already."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
    return True


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.tools.mr_slices", description="Slices to DICOM MR images.")
    parser.add_argument("data", type=Path, help="folder with annotations/train.json, annotations/test.json and images")
    parser.add_argument("out", type=Path, help="gets images/NAME.dcm, train.json and test.json")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
