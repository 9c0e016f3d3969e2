"""A presentation state of one study, grey or in colour: the stored images as they are, with the marks drawn on them."""

from __future__ import annotations

import struct
from collections import defaultdict
from typing import Any

from highdicom import pr
from PIL import ImageCms
from pydicom import Dataset

from engine.domain.region import InstanceBox
from engine.errors import ExportError
from engine.export import codes
from engine.export.findings import Finding
from engine.export.sources import NOTHING, UTF_8, Source, as_new, corners, is_multiframe
from engine.program import program_version

SERIES_NUMBER = 9003
_LAYERS = {True: pr.GraphicLayer("STANDS", 1), False: pr.GraphicLayer("REJECTED", 2)}


def presentation_state(source: Source) -> Dataset:
    """The presentation state: rejected places lie on a layer of their own.

    Raises:
        ExportError: EX-NOTHING, there is no place; EX-COLOUR, some images have colours and others have none, or
            their colours come from a palette.

    Source: PS3.3 A.33.1, A.33.2, C.10.5.
    """
    if not source.touched:
        raise ExportError(NOTHING, f"{source.name} has no place to mark.", "Export sr or report, which say so.")
    result: Dataset
    colours = {_in_colour(image) for image in source.touched}
    if colours == {True}:
        result = pr.ColorSoftcopyPresentationState(**_content(source), icc_profile=_icc_profile(source.touched[0]))
    elif colours == {False}:
        result = pr.GrayscaleSoftcopyPresentationState(**_content(source))
    else:
        raise ExportError(
            "EX-COLOUR",
            f"{source.name} is partly in colour, or its colours come from a palette; a presentation state is for grey "
            "images or for images in full colour.",
            "Export a structured report (sr) or a segmentation (seg).",
        )
    result.SeriesDescription = "Fovea: marks"
    if "Laterality" not in result:
        result.Laterality = ""  # of what may be one of a pair, which is not known here (PS3.3 C.7.3.1, type 2C)
    return as_new(result, source)


def _content(source: Source) -> dict[str, Any]:
    """What both kinds have in common, as highdicom names it."""
    return {
        "referenced_images": source.touched,
        "series_instance_uid": source.new_uid("gsps", "series"),
        "series_number": SERIES_NUMBER,
        "sop_instance_uid": source.new_uid("gsps"),
        "instance_number": 1,
        "manufacturer": codes.MANUFACTURER,
        "manufacturer_model_name": codes.MANUFACTURER,
        "software_versions": program_version(),
        "device_serial_number": "0",
        "specific_character_set": UTF_8,
        "content_label": "FOVEA",
        "content_description": "Marks and their review",
        "graphic_annotations": _annotations(source),
        "graphic_layers": [_LAYERS[stands] for stands in _LAYERS if any(f.stands is stands for f in source.findings)],
        "content_creator_name": source.reviewer or None,
    }


def _in_colour(image: Dataset) -> bool | None:
    """None of colours from a palette, which neither kind is for (PS3.3 C.7.6.3.1.2)."""
    if image.get("PhotometricInterpretation") == "PALETTE COLOR":
        return None
    return int(image.get("SamplesPerPixel", 1)) == 3


def _icc_profile(image: Dataset) -> bytes:
    """What the colours of an image mean: as it says, otherwise sRGB, as of a photograph that does not say."""
    if found := image.get("ICCProfile"):
        return bytes(found)
    made: bytes = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # A matrix-based profile of a display holds all that one of an input device does, which DICOM asks for (PS3.3
    # C.11.15); the time of its making is fixed, so that the same export gives the same bytes (ICC.1:2022 7.2).
    return made[:12] + b"scnr" + made[16:24] + struct.pack(">6H", 2000, 1, 1, 0, 0, 0) + made[36:]


def _annotations(source: Source) -> list[pr.GraphicAnnotation]:
    """One for each image, frame and layer."""
    drawn: defaultdict[tuple[str, int, bool], list[tuple[Finding, InstanceBox]]] = defaultdict(list)
    for finding in source.findings:
        for box in finding.instances:
            drawn[box.sop_uid, box.frame, finding.stands].append((finding, box))
    annotations = []
    for (uid, frame, stands), marks in drawn.items():
        image = source.images[uid]
        annotations.append(
            pr.GraphicAnnotation(
                referenced_images=[image],
                graphic_layer=_LAYERS[stands],
                referenced_frame_number=frame + 1 if is_multiframe(image) else None,
                graphic_objects=[_outline(finding, box, source) for finding, box in marks],
                text_objects=[_words(finding, box, image) for finding, box in marks],
            )
        )
    return annotations


def _outline(finding: Finding, box: InstanceBox, source: Source) -> pr.GraphicObject:
    return pr.GraphicObject(
        "POLYLINE",
        corners(box),
        "PIXEL",
        tracking_id=f"Place {finding.number}",
        tracking_uid=source.new_uid("place", str(finding.number)),
    )


def _words(finding: Finding, box: InstanceBox, image: Dataset) -> pr.TextObject:
    """Number, label, score and verdict, anchored at the right of the box and inside the image."""
    score = f" {finding.score:.2f}" if finding.score is not None else ""
    verdict = f", {finding.verdict.value}" if finding.verdict else ""
    _, y0, x1, _ = box.box_px
    anchor = (min(x1, float(image.Columns)), max(y0, 0.0))
    return pr.TextObject(f"{finding.number} {finding.label}{score}{verdict}", "PIXEL", anchor_point=anchor)
