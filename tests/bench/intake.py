"""A folder of 300 CT slices to a checked, ordered scan by the product's whole path, beside SimpleITK's series reader.

Also alone: `python -m tests.bench.intake`. Listing, decoder processes, shared memory, pixel checks and BLAKE3 identity
are included; the processes are there already, as in a window or a watched folder. The folders are made from a seed.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import imagecodecs
import numpy as np
import SimpleITK
from pydicom import Dataset
from pydicom.datadict import dictionary_VR
from pydicom.uid import JPEG2000Lossless, JPEGLSLossless, RLELossless

from engine.intake.find import find_one
from engine.intake.isolated.pool import Decoders
from tests.bench.race import Contender, Timing, race
from tests.engine.intake.dicom.build import compressed, image, stored

SLICES, SIDE_PX = 300, 512
SPACING_MM = (1.0, 0.7, 0.7)
ROUNDS = {"uncompressed": 11, "JPEG-LS": 5, "RLE": 5, "JPEG 2000": 3}
"""Half a minute a syntax, or little more."""

GOALS = {"uncompressed": 5.0, "JPEG-LS": 3.0, "RLE": 15.0, "JPEG 2000": 1.0}
"""How many times faster than SimpleITK."""

GOAL_WITHOUT_IDENTITY = 8.0

_NO_IDENTITY = """
import importlib.util, sys
path = [entry for entry in sys.path if not entry.endswith("no-identity")]
spec = importlib.machinery.PathFinder.find_spec("blake3", path)
real = importlib.util.module_from_spec(spec)
sys.modules["blake3"] = real
spec.loader.exec_module(real)
whole, nothing = real.blake3, real.blake3()
real.blake3 = lambda data=b"": whole(data) if len(data) < 65536 else nothing
"""
"""Stands before the real BLAKE3 in processes that are to leave the identity of whole files out."""


def main() -> int:
    """Makes the folders and prints a table for each syntax."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.intake", description=__doc__)
    parser.add_argument("--slices", type=int, default=SLICES)
    parser.add_argument("--rounds", type=int, default=0, help="of each contender (default: by syntax)")
    parser.add_argument("--only", choices=list(GOALS), help="one syntax")
    options = parser.parse_args()
    sys.stdout.write(f"{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.2f} before the run\n\n")
    show(options.slices, options.rounds, options.only)
    return 0


def show(slices: int, rounds: int = 0, only: str | None = None) -> None:
    """Races on each folder; the first round of each contender does not count."""
    with tempfile.TemporaryDirectory() as scratch, Decoders() as decoders, without_identity(Path(scratch)) as plain:
        for syntax, goal in GOALS.items():
            if only not in (None, syntax):
                continue
            folder = Path(scratch) / syntax
            write_folder(folder, syntax, slices)
            timings = race(contenders(folder, decoders, plain), rounds or ROUNDS[syntax])
            sys.stdout.write("\n".join(_table(syntax, slices, timings, goal)) + "\n\n")
            sys.stdout.flush()


def contenders(folder: Path, decoders: Decoders, plain: Decoders) -> list[Contender]:
    """The bytes alone, Fovea, Fovea without identity, SimpleITK."""
    return [
        Contender("the bytes alone", lambda: _read_bytes(folder)),
        Contender("Fovea", lambda: decoders.read_study(find_one(folder)).scan.pixels),
        Contender("Fovea without identity", lambda: plain.read_study(find_one(folder)).scan.pixels),
        Contender("SimpleITK series reader", lambda: _simpleitk(folder)),
    ]


@contextmanager
def without_identity(scratch: Path) -> Iterator[Decoders]:
    """Decoder processes that leave the hash of whole files out."""
    folder = scratch / "no-identity"
    folder.mkdir()
    (folder / "blake3.py").write_text(_NO_IDENTITY)
    sys.path.insert(0, str(folder))
    try:
        with Decoders() as decoders:
            decoders.line.start(decoders.line.processes)
            while len(decoders.line.pids) < decoders.line.processes:
                time.sleep(0.01)
            sys.path.remove(str(folder))
            yield decoders
    finally:
        if str(folder) in sys.path:
            sys.path.remove(str(folder))


def write_folder(folder: Path, syntax: str, slices: int) -> None:
    """A body with lungs, noise and bright balls, 12 of 16 bits."""
    folder.mkdir()
    rng = np.random.default_rng(7)
    y, x = np.mgrid[0:SIDE_PX, 0:SIDE_PX]
    body = ((x - 256) / 230) ** 2 + ((y - 256) / 170) ** 2 < 1
    lungs = ((np.abs(x - 256) - 110) / 85) ** 2 + ((y - 256) / 130) ** 2 < 1
    plane = np.select([lungs, body], [174, 1064], 24)
    for index in range(slices):
        values = plane + np.rint(rng.normal(0, 8, plane.shape)).astype(np.int64)
        values[(x - 146) ** 2 + (y - 256) ** 2 < max(0, 64 - (index % 40 - 20) ** 2)] = 1100
        dataset = _slice(np.clip(values, 0, 4095).astype(np.uint16), index)
        _ENCODE[syntax](dataset)
        (folder / f"{(index * 7) % slices:04}.dcm").write_bytes(stored(dataset))


_WORDS = ("StudyDate", "SeriesDate", "AcquisitionDate", "ContentDate", "StudyTime", "SeriesTime", "AcquisitionTime",
          "ContentTime", "AccessionNumber", "InstitutionName", "ReferringPhysicianName", "StationName",
          "StudyDescription", "SeriesDescription", "ManufacturerModelName", "PatientBirthDate", "PatientSex",
          "PatientAge", "PatientWeight", "BodyPartExamined", "ScanOptions", "KVP", "DataCollectionDiameter",
          "DeviceSerialNumber", "SoftwareVersions", "ProtocolName", "ReconstructionDiameter",
          "DistanceSourceToDetector", "DistanceSourceToPatient", "GantryDetectorTilt", "TableHeight",
          "RotationDirection", "ExposureTime", "XRayTubeCurrent", "Exposure", "FilterType", "GeneratorPower",
          "FocalSpots", "ConvolutionKernel", "PatientPosition", "StudyID", "SeriesNumber", "AcquisitionNumber",
          "PositionReferenceIndicator", "SliceLocation", "RequestedProcedureDescription",
          "PerformedProcedureStepDescription", "WindowCenterWidthExplanation")  # fmt: skip
_VALUES = {"DA": "20240301", "TM": "101500", "DS": "120.0", "IS": "40", "CS": "O", "AS": "060Y"}
_PRIVATE_ELEMENTS = 37
"""What a scanner writes beside what is needed: some 120 elements in all, two of them sequences."""


def _slice(values: np.ndarray, index: int) -> Dataset:
    dataset = _least(values, index)
    for word in _WORDS:
        setattr(dataset, word, _VALUES.get(dictionary_VR(word), "As the scanner says"[:16]))
    for group, elements in ((0x0019, _PRIVATE_ELEMENTS // 2), (0x0043, _PRIVATE_ELEMENTS - _PRIVATE_ELEMENTS // 2)):
        block = dataset.private_block(group, "BENCH", create=True)
        for element in range(elements):
            block.add_new(element, "LO" if element % 2 else "FD", f"value {element}" if element % 2 else float(element))
    item = Dataset()
    item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = "1.2.840.10008.3.1.2.3.1", "1.2.9"
    dataset.ReferencedStudySequence = dataset.ReferencedImageSequence = [item]
    return dataset


def _least(values: np.ndarray, index: int) -> Dataset:
    return image(
        values,
        Modality="CT",
        Manufacturer="Fovea",
        PatientName="Phantom^Bench",
        PatientID="1",
        StudyInstanceUID="1.2.2",
        SeriesInstanceUID="1.2.3",
        FrameOfReferenceUID="1.2.4",
        SOPInstanceUID=f"1.2.3.{index + 1}",
        SOPClassUID="1.2.840.10008.5.1.4.1.1.2",
        ImageType=["ORIGINAL", "PRIMARY", "AXIAL"],
        InstanceNumber=index + 1,
        BitsStored=12,
        PixelSpacing=list(SPACING_MM[1:]),
        SliceThickness=SPACING_MM[0],
        RescaleSlope=1,
        RescaleIntercept=-1024,
        WindowCenter=40,
        WindowWidth=400,
        ImagePositionPatient=[-180.0, -180.0, float(index)],
        ImageOrientationPatient=[1, 0, 0, 0, 1, 0],
    )


def _as_rle(dataset: Dataset) -> None:
    """A segment for the high bytes and one for the low ones, row by row (PS3.5 G.3)."""
    values = dataset.pixel_array
    segments = [
        b"".join(imagecodecs.packbits_encode(row.tobytes()) for row in (values >> shift).astype(np.uint8))
        for shift in (8, 0)
    ]
    segments = [segment + b"\0" * (len(segment) % 2) for segment in segments]
    head = np.zeros(16, "<u4")
    head[:3] = 2, 64, 64 + len(segments[0])
    compressed(dataset, RLELossless, head.tobytes() + b"".join(segments))


_ENCODE: dict[str, Callable[[Dataset], object]] = {
    "uncompressed": lambda dataset: None,  # noqa: ARG005  # nothing to be done
    "JPEG-LS": lambda dataset: compressed(
        dataset, JPEGLSLossless, bytes(imagecodecs.jpegls_encode(dataset.pixel_array))
    ),
    "RLE": _as_rle,
    "JPEG 2000": lambda dataset: compressed(
        dataset,
        JPEG2000Lossless,
        bytes(imagecodecs.jpeg2k_encode(dataset.pixel_array, codecformat="j2k", bitspersample=12, reversible=True)),
    ),
}


def _read_bytes(folder: Path) -> None:
    for path in folder.iterdir():
        path.read_bytes()


def _simpleitk(folder: Path) -> np.ndarray:
    """Real values, since SimpleITK gives no others; taken back to the stored ones only to be compared."""
    names = SimpleITK.ImageSeriesReader.GetGDCMSeriesFileNames(str(folder))
    return SimpleITK.GetArrayViewFromImage(SimpleITK.ReadImage(names))


def _table(syntax: str, slices: int, timings: list[Timing], goal: float) -> list[str]:
    _, _, plain, peer = timings
    lines = [f"{slices} slices of {SIDE_PX}x{SIDE_PX}, {syntax}", f"  {'':30}{'median ms':>10}{'x Fovea':>9}"]
    lines += [f"  {one.contender.name:30}{one.median_ms:10.1f}{one.fovea_ratio:9.2f}" for one in timings]
    lines.append(f"  goal: {goal:g}x faster: {_verdict(peer.fovea_ratio, goal)}")
    if syntax == "uncompressed":
        without = peer.fovea_ratio / plain.fovea_ratio
        lines.append(f"  goal without identity: {GOAL_WITHOUT_IDENTITY:g}x: {_verdict(without, GOAL_WITHOUT_IDENTITY)}")
    return lines


def _verdict(ratio: float, goal: float) -> str:
    return f"{'met' if ratio >= goal else 'missed'} with {ratio:.2f}"


if __name__ == "__main__":
    raise SystemExit(main())
