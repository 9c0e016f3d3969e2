"""The images of a training set: copies of what was answered, or new files that hold the pixels and nothing else."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import numpy as np
import tifffile
from PIL import Image
from pydicom import Dataset

from engine.domain.scan import Scan
from engine.domain.study import Study
from engine.errors import ExportError
from engine.export.burned_in import require_confirmed
from engine.export.deidentify import deidentified
from engine.export.names import Names
from engine.export.originals import datasets, stored_files
from engine.export.staging import write_file

_ORIENTATION = 0x0112


def write_images(study: Study, scan: Scan, folder: Path, name: str, names: Names, *, confirmed: bool) -> str:
    """Writes the images of a study into a folder.

    Args:
        study: whose files are as they were answered.
        scan: its pixels.
        folder: where to.
        name: of the case, outside.
        names: whether anything but pixels may leave.
        confirmed: a person has looked for text in the pixels.

    Returns:
        The file's name, or that of a folder with the files of a series, relative to the folder.

    Raises:
        ExportError: EX-BURNED-IN, EX-ORIGINAL-GONE, EX-ORIGINAL-CHANGED or EX-OUT.
    """
    if any(instance.sop_uid for instance in study.instances):
        return _write_dicom(study, folder, name, names, confirmed=confirmed)
    if names.deidentified:
        require_confirmed(study, None, confirmed)
    elif (copied := _copied(study, scan, folder, name)) is not None:
        return copied
    suffix, data = _fresh(scan)
    write_file(folder / f"{name}{suffix}", data)
    return f"{name}{suffix}"


def dicom_bytes(dataset: Dataset) -> bytes:
    """A dataset as the bytes of a DICOM file.

    Raises:
        ExportError: EX-SOURCE, the dataset holds values that cannot be written.
    """
    stream = io.BytesIO()
    try:
        dataset.save_as(stream, enforce_file_format=True)
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        raise ExportError(
            "EX-SOURCE",
            f"A DICOM file cannot be written: {error}.",
            "Export the study again from the archive or scanner.",
        ) from error
    return stream.getvalue()


def _write_dicom(study: Study, folder: Path, name: str, names: Names, *, confirmed: bool) -> str:
    if not names.deidentified:
        contents = [file.data for file in stored_files(study)]
    else:
        found = datasets(study)
        require_confirmed(study, found[0], confirmed)
        contents = [dicom_bytes(deidentified(dataset, names)) for dataset in found]
    if len(contents) == 1:
        write_file(folder / f"{name}.dcm", contents[0])
        return f"{name}.dcm"
    for number, data in enumerate(contents, start=1):
        write_file(folder / name / f"{number:05d}.dcm", data)
    return name


def _copied(study: Study, scan: Scan, folder: Path, name: str) -> str | None:
    """The file as it is, where it lies alone and shows the frame that boxes are in; otherwise None."""
    if len(scan.provenance.files) != 1:
        return None  # a header and its data file, which it names
    (file,) = stored_files(study)
    if scan.kind == "photograph" and _is_turned(file.data):
        return None
    suffix = file.entry.suffix.lower()
    write_file(folder / f"{name}{suffix}", file.data)
    return f"{name}{suffix}"


def _is_turned(data: bytes) -> bool:
    """Whether a note in the file turns the stored picture (TIFF 6.0, Orientation), which some readers overlook."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            return image.getexif().get(_ORIENTATION, 1) not in (0, 1)
    except (OSError, ValueError, SyntaxError):
        return True


def _fresh(scan: Scan) -> tuple[str, bytes]:
    """A new file of the pixels as they were looked at, PNG, TIFF, or NRRD of a volume: its suffix and its bytes."""
    stream = io.BytesIO()
    if scan.kind == "volume":
        return ".nrrd", _nrrd(scan)
    if scan.pixels.dtype == np.uint8 and len(scan.shape) == 2:
        Image.fromarray(scan.pixels).save(stream, "PNG")
        return ".png", stream.getvalue()
    photometric = "rgb" if scan.photometric == "RGB" else "minisblack"
    tifffile.imwrite(stream, scan.pixels, photometric=photometric, compression="zlib", software="", metadata=None)
    return ".tif", stream.getvalue()


def _nrrd(scan: Scan) -> bytes:
    """Real values where they differ from the stored ones; axes from the fastest on, in LPS.

    Source: NRRD definition, teem.sourceforge.net/nrrd/format.html
    """
    plain = scan.slope == 1.0 and scan.intercept == 0.0
    voxels = scan.pixels if plain else (scan.pixels * np.float32(scan.slope) + np.float32(scan.intercept))
    voxels = np.ascontiguousarray(voxels, voxels.dtype.newbyteorder("<"))
    spacing = scan.spacing_mm or (1.0, 1.0, 1.0)
    axes = np.array(scan.direction).reshape(3, 3).T * np.array(spacing[::-1])[:, None]
    kinds = {"u1": "uint8", "u2": "uint16", "i2": "int16", "f4": "float"}
    header = [
        "NRRD0005",
        f"type: {kinds[voxels.dtype.str[1:]]}",
        "dimension: 3",
        "space: left-posterior-superior",
        f"sizes: {' '.join(str(size) for size in scan.shape[::-1])}",
        f"space directions: {' '.join(_vector(axis) for axis in axes)}",
        "kinds: domain domain domain",
        "endian: little",
        "encoding: gzip",
        f"space origin: {_vector(np.array(scan.origin_mm))}",
    ]
    return ("\n".join(header) + "\n\n").encode("ascii") + gzip.compress(voxels.tobytes(), 6, mtime=0)


def _vector(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> str:
    return f"({','.join(repr(float(value)) for value in values)})"
