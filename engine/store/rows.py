"""Nouns to rows and back, bit for bit: what was recorded is what is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from engine.domain.arrival import Arrival
from engine.domain.outcome import Outcome, StageTimes, Status
from engine.domain.region import InstanceBox, Measure, Region
from engine.domain.study import Instance, Study

Row = dict[str, Any]

_STAGES = tuple(stage.name for stage in fields(StageTimes))
_PLAIN = (
    *("arrival_id", "attempt", "flagged", "reason", "code", "coverage", "model", "model_hash"),
    *("backend", "effort", "budget_s", "program_version", "reused_from"),
)
"""Fields of an Outcome whose column has the same name and the same value."""
_EDGES_PX = ("x0", "y0", "x1", "y1")


def arrival_row(arrival: Arrival) -> Row:
    """The row of `arrivals`."""
    return {
        "id": arrival.id,
        "source": arrival.source,
        "arrived_at": arrival.arrived_at,
        "deadline": arrival.deadline,
        "priority": arrival.priority,
    }


def study_row(study: Study) -> Row:
    """The row of `studies`, without its id."""
    return {
        "content_hash": study.content_hash,
        "kind": study.kind,
        "modality": study.modality,
        "source": study.source,
    }


def instance_rows(study: Study) -> list[Row]:
    """The rows of `instances`, without the study's id."""
    return [
        {"position": position, "path": instance.path, "sop_uid": instance.sop_uid, "frame": instance.frame}
        for position, instance in enumerate(study.instances)
    ]


def outcome_row(outcome: Outcome) -> Row:
    """The row of `outcomes`, without its id, study, time and salt."""
    row: Row = {name: getattr(outcome, name) for name in _PLAIN}
    row |= {f"{stage}_ms": real(getattr(outcome.ms, stage)) for stage in _STAGES}
    row |= {"status": outcome.status.value, "doubts": list(outcome.doubts), "coverage": real(outcome.coverage)}
    row["budget_s"] = None if outcome.budget_s is None else real(outcome.budget_s)
    return row


def region_rows(outcome: Outcome) -> list[Row]:
    """The rows of `regions`, without the outcome's id; in the outcome's order."""
    return [_region_row(position, region) for position, region in enumerate(outcome.regions)]


def region_instance_rows(outcome: Outcome) -> list[Row]:
    """The rows of `region_instances`, without the outcome's id; in the order of the regions, then of their images."""
    return [
        {
            "region": region_position,
            "position": position,
            "sop_uid": instance.sop_uid,
            "frame": instance.frame,
            **dict(zip(_EDGES_PX, map(real, instance.box_px), strict=True)),
        }
        for region_position, region in enumerate(outcome.regions)
        for position, instance in enumerate(region.instances)
    ]


def region_measure_rows(outcome: Outcome) -> list[Row]:
    """The rows of `region_measures`, without the outcome's id; in the order of the regions, then of their measures."""
    return [
        {
            "region": region_position,
            "position": position,
            "name": measure.name,
            "value": real(measure.value),
            "unit": measure.unit,
        }
        for region_position, region in enumerate(outcome.regions)
        for position, measure in enumerate(region.measures)
    ]


def _region_row(position: int, region: Region) -> Row:
    if region.box_vox is not None:
        z0, y0, x0, z1, y1, x1 = map(real, region.box_vox)
        box: Row = {"z0": z0, "y0": y0, "x0": x0, "z1": z1, "y1": y1, "x1": x1}
    elif region.box_px is not None:
        x0, y0, x1, y1 = map(real, region.box_px)
        box = {"z0": None, "y0": y0, "x0": x0, "z1": None, "y1": y1, "x1": x1}
    else:
        msg = f"region {position} ({region.label}) has no box"
        raise ValueError(msg)
    center = (None, None, None) if region.center_mm is None else tuple(map(real, region.center_mm))
    return {
        "position": position,
        "label": region.label,
        "score": real(region.score),
        "band": region.band,
        **box,
        "center_x_mm": center[0],
        "center_y_mm": center[1],
        "center_z_mm": center[2],
    }


def real(value: float) -> float:
    """As SQLite gives it back: a float, and zero without a sign, which its REAL does not keep."""
    return float(value) + 0.0


def arrival_of(row: Mapping[str, Any]) -> Arrival:
    """The arrival of a row."""
    return Arrival(row["id"], row["source"], row["arrived_at"], row["deadline"], row["priority"])


def study_of(row: Mapping[str, Any], instances: Iterable[Mapping[str, Any]]) -> Study:
    """The study of a row and its instances, given in order."""
    return Study(
        row["content_hash"],
        row["kind"],
        row["modality"],
        row["source"],
        tuple(Instance(instance["path"], instance["sop_uid"], instance["frame"]) for instance in instances),
    )


def outcome_of(
    row: Mapping[str, Any],
    regions: Iterable[Mapping[str, Any]],
    instances: Iterable[Mapping[str, Any]],
    measures: Iterable[Mapping[str, Any]],
) -> Outcome:
    """The outcome of a row, its regions, and what belongs to those, each given in order."""
    instances_of, measures_of = _by_region(instances), _by_region(measures)
    return Outcome(
        status=Status(row["status"]),
        regions=tuple(
            _region_of(region, instances_of[region["position"]], measures_of[region["position"]]) for region in regions
        ),
        doubts=tuple(row["doubts"]),
        ms=StageTimes(**{stage: row[f"{stage}_ms"] for stage in _STAGES}),
        **{name: row[name] for name in _PLAIN},
    )


def _by_region(children: Iterable[Mapping[str, Any]]) -> defaultdict[int, list[Mapping[str, Any]]]:
    grouped: defaultdict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for child in children:
        grouped[child["region"]].append(child)
    return grouped


def _region_of(
    row: Mapping[str, Any], instances: Iterable[Mapping[str, Any]], measures: Iterable[Mapping[str, Any]]
) -> Region:
    x0, y0, x1, y1 = (row[edge] for edge in _EDGES_PX)
    volume = row["z0"] is not None
    center = (row["center_x_mm"], row["center_y_mm"], row["center_z_mm"])
    return Region(
        row["label"],
        row["score"],
        row["band"],
        box_px=None if volume else (x0, y0, x1, y1),
        box_vox=(row["z0"], y0, x0, row["z1"], y1, x1) if volume else None,
        center_mm=None if center[0] is None else center,
        instances=tuple(_instance_box_of(instance) for instance in instances),
        measures=tuple(Measure(measure["name"], measure["value"], measure["unit"]) for measure in measures),
    )


def _instance_box_of(row: Mapping[str, Any]) -> InstanceBox:
    return InstanceBox(row["sop_uid"], row["frame"], (row["x0"], row["y0"], row["x1"], row["y1"]))
