"""A segmentation of one study: a segment for each place that stands, on the planes of the stored images."""

from __future__ import annotations

import numpy as np
from highdicom import AlgorithmIdentificationSequence, seg
from numpy.typing import NDArray
from pydicom import Dataset
from pydicom.uid import ExplicitVRLittleEndian, RLELossless

from engine.errors import ExportError
from engine.export import codes
from engine.export.findings import Finding
from engine.export.sources import NOTHING, UTF_8, Source, as_new, is_multiframe, model_of
from engine.program import program_version

SERIES_NUMBER = 9002
Shares = NDArray[np.float32]


def segmentation(source: Source, *, binary: bool) -> Dataset:
    """The segmentation. Rejected places have none.

    A box has faces between pixels. So each pixel holds the share of it that lies in the box, in 255ths (fractional,
    occupancy): the faces can be read off again. With `binary` a pixel belongs to a place if its centre does.

    Raises:
        ExportError: EX-NOTHING, no place stands.

    Source: PS3.3 C.8.20.
    """
    findings = [finding for finding in source.findings if finding.stands and finding.instances]
    if not findings:
        raise ExportError(NOTHING, f"{source.name} has no place that stands.", "Export sr or report, which say so.")
    images, shares = _planes(source, findings)
    if binary:
        shares = (shares >= 0.5).astype(np.float32)
    result = seg.Segmentation(
        source_images=images,
        pixel_array=shares.astype(np.uint8) if binary else shares,
        segmentation_type="BINARY" if binary else "FRACTIONAL",
        fractional_type="OCCUPANCY",
        segment_descriptions=[_segment(number, finding, source) for number, finding in enumerate(findings, start=1)],
        series_instance_uid=source.new_uid("seg", "series"),
        series_number=SERIES_NUMBER,
        sop_instance_uid=source.new_uid("seg"),
        instance_number=1,
        manufacturer=codes.MANUFACTURER,
        manufacturer_model_name=codes.MANUFACTURER,
        software_versions=program_version(),
        device_serial_number="0",
        specific_character_set=UTF_8,
        content_label="FOVEA",
        content_description="Places that stand",
        content_creator_name=source.reviewer or None,
        transfer_syntax_uid=ExplicitVRLittleEndian if binary else RLELossless,
    )
    result.SeriesDescription = "Fovea: places"
    if "FrameOfReferenceUID" not in result:
        # Without a place in the patient, how the rows run must be said, if only that it is not known (PS3.3 C.7.6.1).
        result.PatientOrientation = source.first.get("PatientOrientation", "")
    return as_new(result, source)


def _planes(source: Source, findings: list[Finding]) -> tuple[list[Dataset], Shares]:
    """The images that are touched, and (planes, height, width, segments) float32: the share of each pixel in a place.

    All frames of an image with several have a plane, in its order; empty ones are left out of the file.
    """
    images = source.touched
    multiframe = is_multiframe(images[0])
    count = int(images[0].NumberOfFrames) if multiframe else len(images)
    place = {str(image.SOPInstanceUID): index for index, image in enumerate(images)}
    shares = np.zeros((count, images[0].Rows, images[0].Columns, len(findings)), np.float32)
    for segment, finding in enumerate(findings):
        for box in finding.instances:
            plane = shares[box.frame if multiframe else place[box.sop_uid], :, :, segment]
            x0, y0, x1, y1 = box.box_px
            np.maximum(plane, np.outer(_inside(y0, y1, plane.shape[0]), _inside(x0, x1, plane.shape[1])), out=plane)
    return images, shares


def _inside(low: float, high: float, size: int) -> Shares:
    """(size,) float32: the share of each pixel between two faces."""
    pixels = np.arange(size, dtype=np.float64)
    shares: Shares = np.clip(np.minimum(pixels + 1.0, high) - np.maximum(pixels, low), 0.0, 1.0).astype(np.float32)
    return shares


def _segment(number: int, finding: Finding, source: Source) -> seg.SegmentDescription:
    name, version = model_of(source.case)
    by_model = finding.score is not None
    algorithm = AlgorithmIdentificationSequence(name, codes.AI, version, source=codes.MANUFACTURER)
    decided = finding.verdict is not None
    return seg.SegmentDescription(
        segment_number=number,
        segment_label=f"{finding.number} {finding.label}"[:64],
        segmented_property_category=codes.MORPHOLOGY,
        segmented_property_type=codes.of_label(finding.label),
        algorithm_type=("SEMIAUTOMATIC" if decided else "AUTOMATIC") if by_model else "MANUAL",
        algorithm_identification=algorithm if by_model else None,
        tracking_uid=source.new_uid("place", str(finding.number)),
        tracking_id=f"Place {finding.number}",
    )
