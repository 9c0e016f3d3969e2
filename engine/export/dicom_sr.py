"""A structured report of one study: TID 1500, a measurement group for each place, by reference to the stored images."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from highdicom import sr
from highdicom.spatial import ImageToReferenceTransformer
from numpy.typing import NDArray
from pydicom import Dataset

from engine.domain.region import InstanceBox
from engine.export import codes
from engine.export.findings import Finding
from engine.export.sources import UTF_8, Source, as_new, corners, is_multiframe, model_of
from engine.program import program_version

Group = (
    sr.PlanarROIMeasurementsAndQualitativeEvaluations
    | sr.VolumetricROIMeasurementsAndQualitativeEvaluations
    | sr.MeasurementsAndQualitativeEvaluations
)

SERIES_NUMBER = 9001


def structured_report(source: Source) -> Dataset:
    """The report. It is verified where a person has signed the review, and says by whom and when.

    A place in a volume is a surface of polygons in patient coordinates, one in the plane of each stored image that it
    touches; where the files state no frame of reference, and in single images, polygons lie in the images themselves.
    A place that lies in no stored image is told without one.

    Source: PS3.16 TID 1500, 1410, 1411, 1501.
    """
    images = source.touched or list(source.images.values())
    content = sr.MeasurementReport(
        observation_context=_observers(source),
        procedure_reported=codes.IMAGING_PROCEDURE,
        imaging_measurements=[_group(finding, source) for finding in source.findings] or None,
        title=sr.CodedConcept("126000", "DCM", "Imaging Measurement Report"),
    )
    signed = source.signed_at is not None
    report = sr.Comprehensive3DSR(
        evidence=images,
        content=content[0],
        series_instance_uid=source.new_uid("sr", "series"),
        series_number=SERIES_NUMBER,
        sop_instance_uid=source.new_uid("sr"),
        instance_number=1,
        manufacturer=codes.MANUFACTURER,
        specific_character_set=UTF_8,
        is_complete=True,
        is_final=signed,
        is_verified=signed,
        verifying_observer_name=source.reviewer if signed else None,
        verifying_organization=_organization(source) if signed else None,
    )
    report.ManufacturerModelName = codes.MANUFACTURER
    report.SoftwareVersions = program_version()
    report.SeriesDescription = "Fovea: marks and their review"
    if source.signed_at is not None:
        report.VerifyingObserverSequence[0].VerificationDateTime = f"{source.signed_at:%Y%m%d%H%M%S+0000}"
    return as_new(report, source)


def _organization(source: Source) -> str:
    """Whose word the verification is; the element must hold something (PS3.3 C.17.2)."""
    return str(source.first.get("InstitutionName") or "").strip() or "not stated"


def _observers(source: Source) -> sr.ObservationContext:
    name, version = model_of(source.case)
    device = sr.ObserverContext(
        codes.DEVICE,
        sr.DeviceObserverIdentifyingAttributes(
            uid=source.new_uid("device"),
            name=f"Fovea {program_version()}"[:64],
            manufacturer_name=codes.MANUFACTURER,
            model_name=f"{name} {version}"[:64],
        ),
    )
    if not source.reviewer:
        return sr.ObservationContext(observer_device_context=device)
    person = sr.ObserverContext(codes.PERSON, sr.PersonObserverIdentifyingAttributes(name=source.reviewer))
    return sr.ObservationContext(observer_person_context=person, observer_device_context=device)


def _group(finding: Finding, source: Source) -> Group:
    name, version = model_of(source.case)
    outcome = source.case.recorded.outcome
    algorithm = sr.AlgorithmIdentification(
        name,
        version,
        parameters=[f"package {outcome.model_hash}", f"run time {outcome.backend}", f"effort {outcome.effort}"],
        family=codes.AI,
        manufacturer=codes.MANUFACTURER,
    )
    what: dict[str, Any] = {
        "tracking_identifier": sr.TrackingIdentifier(
            uid=source.new_uid("place", str(finding.number)), identifier=f"Place {finding.number}"
        ),
        "finding_type": codes.of_label(finding.label),
        "algorithm_id": algorithm if finding.score is not None else None,
        "measurements": _measurements(finding) or None,
        "qualitative_evaluations": _evaluations(finding),
    }
    if not finding.instances:
        return sr.MeasurementsAndQualitativeEvaluations(**what)
    if finding.box_px is not None:
        box = finding.instances[0]
        region = _in_image(box, source.images[box.sop_uid])
        return sr.PlanarROIMeasurementsAndQualitativeEvaluations(referenced_region=region, **what)
    frame_of_reference = str(source.first.get("FrameOfReferenceUID") or "")
    if not frame_of_reference:
        regions = [_in_image(box, source.images[box.sop_uid]) for box in finding.instances]
        return sr.VolumetricROIMeasurementsAndQualitativeEvaluations(referenced_regions=regions, **what)
    polygons = [in_space_mm(box, source.images[box.sop_uid]) for box in finding.instances]
    if len(polygons) == 1:
        plane = sr.ImageRegion3D("POLYGON", polygons[0], frame_of_reference)
        return sr.PlanarROIMeasurementsAndQualitativeEvaluations(referenced_region=plane, **what)
    surface = sr.VolumeSurface("POLYGON", polygons, frame_of_reference, _source_images(finding.instances, source))
    return sr.VolumetricROIMeasurementsAndQualitativeEvaluations(referenced_volume_surface=surface, **what)


def in_space_mm(box: InstanceBox, image: Dataset) -> NDArray[np.float64]:
    """(5, 3) float64: the corners of a box in a stored image, in patient coordinates (LPS)."""
    frame = box.frame + 1 if is_multiframe(image) else None
    placed: NDArray[np.float64] = ImageToReferenceTransformer.for_image(image, frame_number=frame)(corners(box))
    return placed


def _in_image(box: InstanceBox, image: Dataset) -> sr.ImageRegion:
    reference = sr.SourceImageForRegion(str(image.SOPClassUID), str(image.SOPInstanceUID), _frames(box, image))
    return sr.ImageRegion("POLYLINE", corners(box), reference)


def _source_images(boxes: Sequence[InstanceBox], source: Source) -> list[sr.SourceImageForSegmentation]:
    return [
        sr.SourceImageForSegmentation(str(image.SOPClassUID), str(image.SOPInstanceUID), _frames(box, image))
        for box in boxes
        for image in (source.images[box.sop_uid],)
    ]


def _frames(box: InstanceBox, image: Dataset) -> list[int] | None:
    """Frame numbers count from 1; an image of one frame has none (PS3.3 10.3)."""
    return [box.frame + 1] if is_multiframe(image) else None


def _measurements(finding: Finding) -> list[sr.Measurement]:
    found = []
    if finding.score is not None:
        found.append(sr.Measurement(codes.CERTAINTY, round(finding.score * 100.0, 4), codes.PERCENT))
    for measure in finding.measures:
        name, unit = codes.of_measure(measure)
        found.append(sr.Measurement(name, measure.value, unit))
    return found


def _evaluations(finding: Finding) -> list[sr.QualitativeEvaluation]:
    """What the reviewer said; a reader that does not know Fovea's verdicts is told in standard words what is there."""
    verdict = sr.QualitativeEvaluation(codes.VERDICT, codes.of_verdict(finding.verdict))
    if finding.verdict is None:
        return [verdict]
    return [verdict, sr.QualitativeEvaluation(codes.PRESENCE, codes.PRESENT if finding.stands else codes.ABSENT)]
