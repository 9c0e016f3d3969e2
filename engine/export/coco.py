"""A COCO file of reviewed studies: what stands as annotations, what was rejected beside it, ready for training.

`annotations` holds what is really there, as a person left it: confirmed, changed and added. `rejected`, in the same
form, holds what the model flagged and a person refused: a list of its own, so that no reader takes it for a finding.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from engine.audit.log import utc_text
from engine.domain.scan import Scan
from engine.errors import ExportError
from engine.export.findings import Case, Finding
from engine.export.names import Names
from engine.export.originals import loaded, person_of
from engine.export.pictures import write_images
from engine.export.request import Request
from engine.export.staging import write_file
from engine.intake.read import Reader
from engine.program import program_version

IMAGES = "images"
ANNOTATIONS = "annotations.json"


def write_case(case: Case, content: Path, names: Names, request: Request, read: Reader) -> dict[str, Any]:
    """Copies the images of a reviewed case, and returns what the COCO file will say of it, as yet without numbers.

    Raises:
        ExportError: EX-NOT-REVIEWED, EX-NOT-SEEN, EX-BURNED-IN, EX-ORIGINAL-GONE, EX-ORIGINAL-CHANGED or EX-OUT.
    """
    study, review = case.recorded.study, case.review
    if review is None or not review.signed:
        raise ExportError(
            "EX-NOT-REVIEWED",
            f"{case.recorded.arrival.source} has no signed review.",
            "Review and sign it; only what a person stands for becomes training data.",
        )
    if study is None:
        raise ExportError("EX-NOT-SEEN", f"{case.recorded.arrival.source} could not be read.", "Answer it first.")
    scan = loaded(study, read).scan
    name = names.of("case", case.name)
    confirmed = request.burned_in_confirmed
    file_name = write_images(study, scan, content / IMAGES, name, names, confirmed=confirmed)
    person = person_of(case.recorded)
    signed_at = names.moved(review.signed_at, person)
    image = {
        "file_name": f"{IMAGES}/{file_name}",
        **_size(scan),
        "group": names.of("patient", person),
        "study": names.of("study", study.content_hash),
        "model": case.recorded.outcome.model,
        "operator": names.of("operator", review.operator),
        "verdict": review.verdict.value if review.verdict else None,
        "signed_at": utc_text(signed_at) if signed_at else None,
    }
    findings = case.findings
    return {
        "image": image,
        "annotations": [_annotation(finding) for finding in findings if finding.stands],
        "rejected": [_annotation(finding) for finding in findings if not finding.stands],
    }


def write_whole(cases: Iterable[Mapping[str, Any]], content: Path, made_at: str) -> None:
    """Numbers images, categories and annotations, and writes the COCO file.

    Args:
        cases: what `write_case` returned, in order.
        content: the folder that the images lie below.
        made_at: when, for the file's own information.

    Raises:
        ExportError: EX-OUT, it cannot be written.
    """
    listed = list(cases)
    parts = ("annotations", "rejected")
    labels = sorted({each["label"] for case in listed for part in parts for each in case[part]})
    category = {label: number for number, label in enumerate(labels, start=1)}
    images: list[dict[str, Any]] = []
    lists: dict[str, list[dict[str, Any]]] = {part: [] for part in parts}
    for image_id, case in enumerate(listed, start=1):
        images.append({"id": image_id, **case["image"]})
        for part, found in lists.items():
            for each in case[part]:
                rest = {key: value for key, value in each.items() if key != "label"}
                number = len(found) + 1
                found.append({"id": number, "image_id": image_id, "category_id": category[each["label"]], **rest})
    whole = {
        "info": {"description": "Reviewed studies", "version": program_version(), "date_created": made_at},
        "images": images,
        **lists,
        "categories": [{"id": number, "name": label} for label, number in category.items()],
    }
    write_file(content / ANNOTATIONS, json.dumps(whole, indent=1, allow_nan=False).encode("ascii"))


def _size(scan: Scan) -> dict[str, int]:
    *depth, height, width = scan.shape
    return {"width": width, "height": height, **({"depth": depth[0]} if depth else {})}


def _annotation(finding: Finding) -> dict[str, Any]:
    """A box as COCO has it; of a volume its shadow on a slice, with the whole box beside it."""
    if finding.box_vox is not None:
        _, y0, x0, _, y1, x1 = finding.box_vox
        volume: dict[str, Any] = {"box_vox": list(finding.box_vox)}
    else:
        x0, y0, x1, y1 = finding.box_px or (0.0, 0.0, 0.0, 0.0)
        volume = {}
    return {
        "label": finding.label,
        "bbox": [x0, y0, x1 - x0, y1 - y0],
        "area": (x1 - x0) * (y1 - y0),
        "segmentation": [[x0, y0, x1, y0, x1, y1, x0, y1]],
        "iscrowd": 0,
        **volume,
        "verdict": finding.verdict.value if finding.verdict else None,
        "score": finding.score,
        "band": finding.band,
    }
