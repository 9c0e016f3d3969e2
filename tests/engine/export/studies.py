"""Answered and reviewed studies for the tests of this folder: real files, a real store."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from engine.detect.place import _region
from engine.domain.arrival import Arrival
from engine.domain.outcome import Outcome, StageTimes, Status
from engine.domain.region import Measure, Region
from engine.domain.review import Mark, RegionReview, RegionVerdict, Review, Verdict
from engine.domain.study import Study
from engine.export.findings import Case
from engine.intake.read import Loaded, read
from engine.operators.session import single_operator
from engine.store.database import Store
from engine.store.outcomes import Recorded, find, record
from engine.store.reviews import sign
from tests.engine.intake.dicom.build import enhanced, stored
from tests.engine.intake.slices import AXIAL, OBLIQUE, at, write_slice

ARRIVED = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SIGNED = datetime(2026, 1, 3, 8, 30, tzinfo=UTC)
CT_CLASS = "1.2.840.10008.5.1.4.1.1.2"
CR_CLASS = "1.2.840.10008.5.1.4.1.1.1"
SLICE_MM = 1.5

PATIENT = {
    "PatientName": "DOE^JANE", "PatientID": "PID-7781", "PatientBirthDate": "19600203", "PatientSex": "F",
    "AccessionNumber": "ACC4711", "StudyID": "ST1", "StudyDate": "20260101", "StudyTime": "081500",
    "StudyInstanceUID": "1.2.840.99999.1", "InstitutionName": "St. Elsewhere",
}  # fmt: skip


def ct_series(folder: Path, *, slices: int = 6, cosines: tuple[float, ...] = OBLIQUE, **elements: object) -> Path:
    """A small CT series as files, oblique in the patient."""
    folder.mkdir(parents=True)
    random = np.random.default_rng(7)
    stated = {"SOPClassUID": CT_CLASS, "SeriesNumber": 3, **PATIENT, **elements}
    for index in range(slices):
        pixels = random.integers(0, 2000, (32, 40), dtype=np.int16)
        place = at(index * SLICE_MM, cosines)
        uid = f"{stated['StudyInstanceUID']}.5.{index + 1}"
        write_slice(
            folder / f"{index}.dcm", place, pixels, cosines, SOPInstanceUID=uid, InstanceNumber=index + 1, **stated
        )
    return folder


def radiograph(path: Path, **elements: object) -> Path:
    """One CR image, which has no place in the patient."""
    pixels = np.random.default_rng(3).integers(0, 4000, (48, 64), dtype=np.uint16)
    path.parent.mkdir(parents=True, exist_ok=True)
    nowhere = dict.fromkeys(
        ("ImagePositionPatient", "ImageOrientationPatient", "FrameOfReferenceUID", "SliceThickness")
    )
    uid = {"SOPInstanceUID": "1.2.840.99999.1.9", "SeriesInstanceUID": "1.2.840.99999.1.8"}
    stated = nowhere | {"SOPClassUID": CR_CLASS, "Modality": "CR"} | PATIENT | uid | elements
    return write_slice(path, at(0.0), pixels, AXIAL, **stated)


def photograph(path: Path, words: str = "", size: tuple[int, int] = (64, 48), seed: int = 5) -> Path:
    """A grey PNG; `words` stand in its text and in its EXIF."""
    pixels = np.random.default_rng(seed).integers(0, 255, size[::-1], dtype=np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    told, exif = PngInfo(), Image.Exif()
    if words:
        told.add_text("Description", words)
        exif[0x010E] = words
    Image.fromarray(pixels).save(path, pnginfo=told, exif=exif)
    return path


def boxes_of(loaded: Loaded) -> list[Region]:
    """Three regions as the program places them, with faces between pixels."""
    faces = [(1.2, 5.3, 6.1, 3.9, 11.7, 14.2), (4.6, 15.3, 16.1, 4.9, 21.7, 24.2), (0.2, 20.5, 4.25, 2.7, 25.0, 9.5)]
    volume = len(loaded.scan.shape) == 3
    labels = (("nodule", 0.83, "sure"), ("nodule", 0.41, "unsure"), ("blob", 0.35, "unsure"))
    placed = [
        _region(np.array(box if volume else (*box[1:3], *box[4:])), *label, loaded.scan, loaded.study)
        for box, label in zip(faces, labels, strict=True)
    ]
    measures = (Measure("longest diameter", 7.25, "mm"), Measure("volume", 120.5, "mm3"))
    return [replace(placed[0], measures=measures if volume else ()), *placed[1:]]


def outcome_of(arrival: Arrival, regions: tuple[Region, ...], **changes: object) -> Outcome:
    answered = Outcome(
        arrival.id,
        Status.ANSWERED,
        flagged=bool(regions),
        regions=regions,
        coverage=1.0,
        ms=StageTimes(1.0, 2.0, 3.0, 4.0, 0.0, 1500.0),
        model="lung-nodule 1.0.0",
        model_hash="ef" * 32,
        backend="onnxruntime 1.22 cpu",
        effort="full",
        budget_s=2.0,
        program_version="0.1.0",
    )
    return replace(answered, **changes)


def review_of(arrival: Arrival, regions: list[Region], **changes: object) -> Review:
    """The first region confirmed, the second rejected, the third moved in the third's place, one added."""
    moved, added = _mark(regions[2], "nodule"), _mark(regions[1], "scar")
    decisions = (
        RegionReview(RegionVerdict.CONFIRMED, 0),
        RegionReview(RegionVerdict.REJECTED, 1, reason="a vessel"),
        RegionReview(RegionVerdict.CHANGED, 2, mark=moved),
        RegionReview(RegionVerdict.ADDED, mark=added),
    )
    plain = Review(arrival.id, 1, "j.reader", decisions, Verdict.AGREE, comment="seen twice", signed_at=SIGNED)
    return replace(plain, **changes)


def _mark(region: Region, label: str) -> Mark:
    return Mark(label, region.box_px, region.box_vox, region.center_mm, region.instances)


def case_of(path: Path, *, reviewed: bool = True) -> tuple[Case, Loaded]:
    """A case of what lies at a path, without a store."""
    loaded = read(path)
    arrival = Arrival("ab" * 16, str(path), ARRIVED)
    regions = boxes_of(loaded)
    recorded = Recorded(1, ARRIVED, arrival, loaded.study, outcome_of(arrival, tuple(regions)), b"")
    return Case(recorded, review_of(arrival, regions) if reviewed else None), loaded


def study_of(case: Case) -> Study:
    assert case.recorded.study is not None
    return case.recorded.study


def kept(store: Store, path: Path, *, signed: bool = True, **changes: object) -> Case:
    """Answers what lies at a path, records it, and signs a review as the user of this system."""
    loaded = read(path)
    arrival = Arrival(uuid.uuid4().hex, str(path), ARRIVED)
    regions = boxes_of(loaded)
    record(store, arrival, loaded.study, outcome_of(arrival, tuple(regions), **changes))
    review = sign(store, single_operator(), review_of(arrival, regions)).review if signed else None
    recorded = find(store, arrival.id)
    assert recorded is not None
    return Case(recorded, review)


def enhanced_ct(path: Path, *, frames: int = 6) -> Path:
    """One file with the slices of a volume as frames, the last slice first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.random.default_rng(11).integers(0, 2000, (frames, 32, 40), dtype=np.int16)
    places = [at(index * SLICE_MM, OBLIQUE) for index in reversed(range(frames))]
    uids = {"SOPClassUID": "1.2.840.10008.5.1.4.1.1.2.1", "SOPInstanceUID": "1.2.840.99999.1.7"}
    series = {"SeriesInstanceUID": "1.2.840.99999.1.6", "FrameOfReferenceUID": "1.2.4"}
    dataset = enhanced(pixels, places, OBLIQUE, **PATIENT, **uids, **series)
    dataset.SharedFunctionalGroupsSequence[0].PixelValueTransformationSequence[0].RescaleType = "HU"
    path.write_bytes(stored(dataset))
    return path
