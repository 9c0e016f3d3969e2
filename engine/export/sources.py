"""What exported DICOM objects refer to: the original instances of a study, or a photograph wrapped into one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from pydicom import Dataset

from engine.domain.region import InstanceBox
from engine.domain.study import Study
from engine.errors import ExportError
from engine.export.burned_in import require_confirmed
from engine.export.codes import SCHEME
from engine.export.deidentify import deidentified
from engine.export.findings import Case, Finding
from engine.export.names import Names
from engine.export.originals import datasets, loaded, person_of, stored_files
from engine.export.photographic import wrapped
from engine.export.request import Request
from engine.intake.read import Reader

NOTHING = "EX-NOTHING"
"""The code of a study that there is nothing to draw of: it is no failure."""

UTF_8 = "ISO_IR 192"
"""Character set of objects (PS3.3 C.12.1.1.2): names of operators and labels may have any letters."""

_NEEDED = ("SOPClassUID", "SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID", "Rows", "Columns")
_MAY_BE_EMPTY = (
    *("PatientName", "PatientID", "PatientBirthDate", "PatientSex", "StudyDate", "StudyTime", "StudyID"),
    *("AccessionNumber", "ReferringPhysicianName"),
)
"""Type 2 (PS3.3 C.7.1.1, C.7.2.1): old and bare files leave them out."""


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A study as exported objects refer to it.

    Args:
        case: what is exported.
        name: of the case, outside.
        findings: each with its boxes in the instances below, which may be none.
        images: the instances in the order of the study, by SOP Instance UID.
        made: those of them that are no originals and so leave with the objects: wrapped or de-identified ones.
        reviewer: the operator, outside, as DICOM writes a name; empty while there is no signed review.
        signed_at: when, outside.
        made_at: of the objects; without names it is moved like every other date of the patient.
        export_id: what UIDs of new objects are made from, with the case.
    """

    case: Case
    name: str
    findings: tuple[Finding, ...]
    images: dict[str, Dataset]
    made: tuple[Dataset, ...]
    reviewer: str
    signed_at: datetime | None
    made_at: datetime
    export_id: str

    @property
    def first(self) -> Dataset:
        """The image that patient and exam are taken from."""
        return next(iter(self.images.values()))

    @property
    def touched(self) -> list[Dataset]:
        """The images that a finding lies in, in the order of the study."""
        named = {box.sop_uid for finding in self.findings for box in finding.instances}
        return [image for uid, image in self.images.items() if uid in named]

    def new_uid(self, *what: str) -> str:
        """A UID for something new of this case; the same when an export is gone on with (PS3.5 B.2)."""
        digest = hashlib.sha256("\0".join((self.export_id, self.case.name, *what)).encode()).digest()
        return f"2.25.{int.from_bytes(digest[:16], 'big')}"


def source_of(case: Case, names: Names, request: Request, read: Reader, export_id: str, now: datetime) -> Source:
    """Finds what a case's objects refer to.

    Raises:
        ExportError: EX-NOT-SEEN, EX-NO-INSTANCE, EX-ORIGINAL-GONE, EX-ORIGINAL-CHANGED, EX-SOURCE or EX-BURNED-IN.
    """
    study = case.recorded.study
    if study is None or case.recorded.outcome.flagged is None:
        raise ExportError(
            "EX-NOT-SEEN",
            f"No pixel of {case.recorded.arrival.source} was looked at ({case.recorded.outcome.status.value}).",
            "Answer it first; its outcome leaves with `fovea export outcomes`.",
        )
    if study.kind == "photograph":
        images = [_photograph(study, case, names, request, read)]
    else:
        images = _instances(study, names, request)
    by_uid = {str(image.SOPInstanceUID): image for image in images}
    review = case.review
    return Source(
        case=case,
        name=names.of("case", case.name),
        findings=tuple(_placed(finding, study, names, next(iter(by_uid))) for finding in case.findings),
        images=by_uid,
        made=tuple(images) if names.deidentified or study.kind == "photograph" else (),
        reviewer=_person_name(names.of("operator", review.operator)) if review else "",
        signed_at=names.moved(review.signed_at, person_of(case.recorded)) if review else None,
        made_at=now + names.shift(person_of(case.recorded)),
        export_id=export_id,
    )


def _photograph(study: Study, case: Case, names: Names, request: Request, read: Reader) -> Dataset:
    if not request.wrap_photographs:
        raise ExportError(
            "EX-NO-INSTANCE",
            f"{study.source} is a photograph: there is no DICOM instance that an object could refer to.",
            "Export with --wrap-photographs, which makes one of it.",
        )
    if names.deidentified:
        require_confirmed(study, None, request.burned_in_confirmed)
    stored_bytes = sum(len(file.data) for file in stored_files(study))
    return wrapped(loaded(study, read).scan, study, case, names, stored_bytes)


def _instances(study: Study, names: Names, request: Request) -> list[Dataset]:
    if not any(instance.sop_uid for instance in study.instances):
        raise ExportError(
            "EX-NO-INSTANCE",
            f"{study.source} is no DICOM study: there is no instance that an object could refer to.",
            "Answer the study as DICOM files.",
        )
    found = datasets(study)
    for dataset in found:
        _complete(dataset, study)
    if not names.deidentified:
        return found
    require_confirmed(study, found[0], request.burned_in_confirmed)
    return [deidentified(dataset, names) for dataset in found]


def _complete(dataset: Dataset, study: Study) -> None:
    missing = [keyword for keyword in _NEEDED if not dataset.get(keyword)]
    if missing:
        raise ExportError(
            "EX-SOURCE",
            f"{study.source} lacks {', '.join(missing)}, without which nothing can refer to it.",
            "Export it again from the archive or scanner.",
        )
    for keyword in _MAY_BE_EMPTY:
        if keyword not in dataset:
            setattr(dataset, keyword, None)


def _placed(finding: Finding, study: Study, names: Names, wrapped_uid: str) -> Finding:
    """The finding with its boxes in the instances of the export; those of a photograph have no UID of their own.

    A place may lie in no image at all: in a corner that straightening a tilted series has added.
    """
    boxes = finding.instances or tuple(_in_frames(finding, study))
    uids = [names.uid(box.sop_uid) or wrapped_uid for box in boxes]
    return replace(finding, instances=tuple(replace(box, sop_uid=uid) for box, uid in zip(boxes, uids, strict=True)))


def _in_frames(finding: Finding, study: Study) -> Iterator[InstanceBox]:
    """Of a place that names no image: in a picture the one there is, in a stack the frames that it holds."""
    if finding.box_px is not None:
        face, frames = finding.box_px, list(study.instances)
    elif finding.box_vox is not None and study.kind == "stack":
        z0, y0, x0, z1, y1, x1 = finding.box_vox
        face = (x0, y0, x1, y1)
        held = [instance for index, instance in enumerate(study.instances) if z0 <= index + 0.5 < z1]
        frames = held or [study.instances[min(int((z0 + z1) / 2.0), len(study.instances) - 1)]]
    else:
        return
    yield from (InstanceBox(instance.sop_uid or "", instance.frame, face) for instance in frames)


def _person_name(text: str) -> str:
    """A name of one part is a family name, which the delimiter says (PS3.5 6.2.1.2)."""
    return text if "^" in text else f"{text}^"


def is_multiframe(image: Dataset) -> bool:
    """Whether frames of it have numbers."""
    return ("NumberOfFrames" in image and int(image.NumberOfFrames) > 1) or "PerFrameFunctionalGroupsSequence" in image


def corners(box: InstanceBox) -> NDArray[np.float64]:
    """(5, 2) float64: column and row of the corners, the first one again at the end.

    PS3.3 C.10.5.1.2 and C.18.6.1.1 count as boxes do here: the first pixel covers 0 to 1.
    """
    x0, y0, x1, y1 = box.box_px
    return np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)], np.float64)


def model_of(case: Case) -> tuple[str, str]:
    """Name and version of what answered."""
    name, _, version = case.recorded.outcome.model.rpartition(" ")
    return (name, version) if name else (version or "unknown", "0")


def as_new(dataset: Dataset, source: Source) -> Dataset:
    """Puts the export's own time on an object, in place of whenever the library made it, and names our own codes.

    Source: PS3.3 C.12.1 (0008,0110).
    """
    scheme = Dataset()
    scheme.CodingSchemeDesignator = SCHEME
    scheme.CodingSchemeName = "Fovea's labels and verdicts"
    dataset.CodingSchemeIdentificationSequence = [scheme]
    for keyword in ("InstanceCreation", "Content", "PresentationCreation", "Series"):
        if f"{keyword}Date" in dataset:
            setattr(dataset, f"{keyword}Date", f"{source.made_at:%Y%m%d}")
            setattr(dataset, f"{keyword}Time", f"{source.made_at:%H%M%S}")
    for equipment in dataset.get("ContributingEquipmentSequence", ()):
        equipment.ContributionDateTime = f"{source.made_at:%Y%m%d%H%M%S}+0000"
    return dataset
