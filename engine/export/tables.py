"""The exported tables: their columns, and the rows that a record makes in each."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from engine.audit.log import AuditEntry
from engine.domain.outcome import Outcome
from engine.domain.region import BoxPx, BoxVox, InstanceBox
from engine.export.names import Names
from engine.export.table_files import Column, Table
from engine.store.outcomes import Recorded
from engine.store.reviews import KeptReview

Row = dict[str, Any]
Rows = dict[str, list[Row]]


def _columns(text: str, kind: Any = "text") -> tuple[Column, ...]:
    return tuple(Column(name, kind) for name in text.split())


_CASE = (Column("arrival_id"), Column("attempt", "whole"))
_BOX = _columns("z0 y0 x0 z1 y1 x1", "real")
_CENTER = _columns("center_x_mm center_y_mm center_z_mm", "real")
_IN_IMAGE = (Column("sop_uid"), Column("frame", "whole"), *_columns("x0 y0 x1 y1", "real"))

OUTCOMES = Table(
    "outcomes",
    (
        *_CASE,
        Column("recorded_at", "moment"),
        Column("source"),
        *_columns("arrived_at deadline", "moment"),
        Column("priority", "whole"),
        *_columns("study kind modality"),
        Column("instances", "whole"),
        Column("status"),
        Column("flagged", "truth"),
        *_columns("reason code"),
        Column("coverage", "real"),
        *_columns("regions unsure_regions", "whole"),
        Column("doubts"),
        *_columns("read_ms prepare_ms detect_ms merge_ms record_ms total_ms budget_s", "real"),
        *_columns("model model_hash backend effort program_version reused_from"),
    ),
)
REGIONS = Table(
    "regions",
    (
        *(*_CASE, Column("region", "whole"), Column("label"), Column("score", "real"), Column("band"), *_BOX, *_CENTER),
        Column("contested", "truth"),
    ),
)
REGION_INSTANCES = Table(
    "region_instances", (*_CASE, Column("region", "whole"), Column("position", "whole"), *_IN_IMAGE)
)
REGION_MEASURES = Table(
    "region_measures",
    (*_CASE, *_columns("region position", "whole"), Column("name"), Column("value", "real"), Column("unit")),
)
REVIEWS = Table(
    "reviews",
    (
        *_CASE,
        Column("version", "whole"),
        Column("operator"),
        *_columns("recorded_at signed_at", "moment"),
        *_columns("verdict comment reason study model"),
        Column("decisions", "whole"),
    ),
)
REVIEW_REGIONS = Table(
    "review_regions",
    (
        *_CASE,
        *_columns("version position", "whole"),
        Column("verdict"),
        Column("region", "whole"),
        *_columns("reason label"),
        *_BOX,
        *_CENTER,
    ),
)
REVIEW_INSTANCES = Table("review_instances", (*_CASE, *_columns("version position image", "whole"), *_IN_IMAGE))
AUDIT = Table("audit", (Column("seq", "whole"), *_columns("at actor action subject detail previous mac")))

OPINIONS = Table(
    "opinions",
    (
        *_CASE,
        *_columns("kind name hash backend code"),
        *_columns("coverage look_ms", "real"),
        Column("differs", "truth"),
    ),
)
OPINION_REGIONS = Table(
    "opinion_regions",
    (
        *(*_CASE, Column("position", "whole"), Column("label"), Column("score", "real"), Column("band"), *_BOX),
        Column("alone", "truth"),
    ),
)

OF_OUTCOMES = (OUTCOMES, REGIONS, REGION_INSTANCES, REGION_MEASURES, OPINIONS, OPINION_REGIONS)
OF_REVIEWS = (REVIEWS, REVIEW_REGIONS, REVIEW_INSTANCES)
OF_AUDIT = (AUDIT,)


def outcome_rows(recorded: Recorded, names: Names, person: str) -> Rows:
    """The rows that an outcome makes in each of `OF_OUTCOMES`.

    Args:
        recorded: the outcome as stored.
        names: what things are called outside.
        person: whose dates move together; see `Names.shift`.
    """
    case = _case(recorded, names)
    regions, opinion = recorded.outcome.regions, recorded.outcome.opinion
    rows: Rows = {
        OUTCOMES.name: [case | _outcome(recorded, names, person)],
        REGIONS.name: [
            case
            | {"region": index, "label": region.label, "score": region.score, "band": region.band}
            | _box(region.box_px, region.box_vox)
            | _center(region.center_mm)
            | {"contested": None if opinion is None else index in opinion.missing}
            for index, region in enumerate(regions)
        ],
        REGION_INSTANCES.name: [
            case | {"region": index, "position": position} | image
            for index, region in enumerate(regions)
            for position, image in enumerate(_images(region.instances, names))
        ],
        REGION_MEASURES.name: [
            case | {"region": index, "position": position} | asdict(measure)
            for index, region in enumerate(regions)
            for position, measure in enumerate(region.measures)
        ],
    }
    return rows | _opinion(recorded.outcome, case, names)


def _opinion(outcome: Outcome, case: Row, names: Names) -> Rows:
    """A template's name is the path of a file, and so is hidden like a source."""
    opinion = outcome.opinion
    if opinion is None:
        return {OPINIONS.name: [], OPINION_REGIONS.name: []}
    told = {name: getattr(opinion, name) for name in ("hash", "backend", "code", "coverage", "look_ms", "differs")}
    name = names.of("source", opinion.name) if opinion.by == "template" else opinion.name
    boxes = [
        case
        | {"position": position, "label": region.label, "score": region.score, "band": region.band}
        | _box(region.box_px, region.box_vox)
        | {"alone": position in opinion.alone}
        for position, region in enumerate(opinion.regions)
    ]
    return {OPINIONS.name: [case | {"kind": opinion.by, "name": name} | told], OPINION_REGIONS.name: boxes}


def review_rows(kept: KeptReview, names: Names, person: str) -> Rows:
    """The rows that one version of a review makes in each of `OF_REVIEWS`; arguments as `outcome_rows`."""
    review, of = kept.review, kept.of
    version = _case(of, names) | {"version": review.version}
    whole = version | {
        "operator": names.of("operator", review.operator),
        "recorded_at": names.moved(kept.recorded_at, person),
        "signed_at": names.moved(review.signed_at, person),
        "verdict": review.verdict.value if review.verdict else None,
        "comment": names.words(review.comment),
        "reason": names.words(review.reason),
        "study": names.of("study", of.study.content_hash if of.study else ""),
        "model": of.outcome.model,
        "decisions": len(review.regions),
    }
    decisions, images = [], []
    for position, decision in enumerate(review.regions):
        mark = decision.mark
        decisions.append(
            version
            | {
                "position": position,
                "verdict": decision.verdict.value,
                "region": decision.region,
                "reason": names.words(decision.reason),
                "label": mark.label if mark else None,
            }
            | _box(mark.box_px if mark else None, mark.box_vox if mark else None)
            | _center(mark.center_mm if mark else None)
        )
        images += [
            version | {"position": position, "image": index} | image
            for index, image in enumerate(_images(mark.instances if mark else (), names))
        ]
    return {REVIEWS.name: [whole], REVIEW_REGIONS.name: decisions, REVIEW_INSTANCES.name: images}


def audit_rows(entry: AuditEntry) -> Rows:
    """The row of an entry. It names no patient and is the same in every export, so that its MAC can be checked."""
    return {AUDIT.name: [asdict(entry)]}


def _case(recorded: Recorded, names: Names) -> Row:
    return {"arrival_id": names.of("arrival", recorded.arrival.id), "attempt": recorded.outcome.attempt}


def _outcome(recorded: Recorded, names: Names, person: str) -> Row:
    outcome, arrival, study = recorded.outcome, recorded.arrival, recorded.study
    return {
        "recorded_at": names.moved(recorded.recorded_at, person),
        "source": names.of("source", arrival.source),
        "arrived_at": names.moved(arrival.arrived_at, person),
        "deadline": names.moved(arrival.deadline, person),
        "priority": arrival.priority,
        "study": names.of("study", study.content_hash if study else ""),
        "kind": study.kind if study else "",
        "modality": study.modality if study else "",
        "instances": len(study.instances) if study else 0,
        "status": outcome.status.value,
        "flagged": outcome.flagged,
        "reason": names.words(outcome.reason),
        "code": outcome.code,
        "coverage": outcome.coverage,
        "regions": len(outcome.regions),
        "unsure_regions": outcome.unsure_count,
        "doubts": json.dumps(list(outcome.doubts)),
        **{f"{stage}_ms": ms for stage, ms in asdict(outcome.ms).items()},
        "budget_s": outcome.budget_s,
        "model": outcome.model,
        "model_hash": outcome.model_hash,
        "backend": outcome.backend,
        "effort": outcome.effort,
        "program_version": outcome.program_version,
        "reused_from": names.of("arrival", outcome.reused_from or "") or None,
    }


def _box(box_px: BoxPx | None, box_vox: BoxVox | None) -> Row:
    if box_vox is not None:
        return dict(zip(("z0", "y0", "x0", "z1", "y1", "x1"), box_vox, strict=True))
    x0, y0, x1, y1 = box_px or (None, None, None, None)
    return {"z0": None, "y0": y0, "x0": x0, "z1": None, "y1": y1, "x1": x1}


def _center(center_mm: tuple[float, float, float] | None) -> Row:
    return dict(zip(("center_x_mm", "center_y_mm", "center_z_mm"), center_mm or (None, None, None), strict=True))


def _images(instances: Iterable[InstanceBox], names: Names) -> list[Row]:
    return [
        {"sop_uid": names.uid(image.sop_uid), "frame": image.frame}
        | dict(zip(("x0", "y0", "x1", "y1"), image.box_px, strict=True))
        for image in instances
    ]
