"""Arrivals, studies, outcomes and jobs for the tests of the store."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from engine.domain.arrival import Arrival
from engine.domain.job import Job, JobFile
from engine.domain.outcome import Outcome, StageTimes, Status
from engine.domain.region import InstanceBox, Measure, Region
from engine.domain.request import Request
from engine.domain.study import Instance, Study

ARRIVED = datetime(2026, 1, 31, 12, 0, 0, 123456, tzinfo=UTC)


def arrival(source="/in/part 7.png", **changes):
    return Arrival(
        **{"id": uuid.uuid4().hex, "source": source, "arrived_at": ARRIVED, "deadline": ARRIVED + timedelta(seconds=10)}
        | changes
    )


def photograph(source="/in/part 7.png"):
    return Study("ab" * 32, "photograph", "photo", source, (Instance(source),))


def volume():
    slices = tuple(Instance(f"/in/ct/{number}.dcm", f"1.2.840.{number}", number % 2) for number in (3, 1, 2))
    return Study("cd" * 32, "volume", "CT", "/in/ct", slices)


def spot(score=0.1 + 0.2, x0=1 / 3):
    return Region("pitting", score, "sure", box_px=(x0, 2.0, 5e-324, 1e300))


def nodule(score=0.75, **changes):
    """A region of `volume()` that touches two of its images and was measured."""
    return Region(
        **{
            "label": "nodule",
            "score": score,
            "band": "unsure",
            "box_vox": (0.5, 1.25, 2.0, 1.5, 1 / 7 + 2, 6.0),
            "center_mm": (-12.5, 0.1, 1e-9),
            "instances": (
                InstanceBox("1.2.840.3", 1, (2.0, 1.25, 6.0, 1 / 7 + 2)),
                InstanceBox("1.2.840.1", 0, (1.5, 0.75, 5.5, 1 / 7 + 1.5)),
            ),
            "measures": (Measure("longest-diameter", 0.1 + 0.2, "mm"), Measure("mean", -1 / 3, "[hnsf'U]")),
        }
        | changes
    )


def answered(of, regions=(), **changes):
    return Outcome(
        **{
            "arrival_id": of.id,
            "status": Status.ANSWERED,
            "flagged": bool(regions),
            "regions": tuple(regions),
            "coverage": 1.0,
            "ms": StageTimes(1.1, 2.2, 3.3, 4.4, 0.0, 11.000000000000002),
            "model": "surface-pitting 1.0.0",
            "model_hash": "ef" * 32,
            "backend": "onnxruntime 1.23.0 cpu",
            "effort": "full",
            "program_version": "0.1.0",
        }
        | changes
    )


def refused(of, **changes):
    return Outcome(
        **{
            "arrival_id": of.id,
            "status": Status.REFUSED,
            "code": "IN-EMPTY",
            "reason": f"{of.source} is empty. Copy it again.",
            "program_version": "0.1.0",
        }
        | changes
    )


FILES = (JobFile("/in/a\udcff.zip", "b.dcm"), JobFile("/in/c.dcm"))
REQUEST = Request("surface-pitting", "CT", 0.25, "quick", 3.5, "drop", reuse=True)


def job(*, after_s=0.0, due_s=None, priority=1, **changes):
    arrived_at = ARRIVED + timedelta(seconds=after_s)
    deadline = None if due_s is None else ARRIVED + timedelta(seconds=due_s)
    arrival = Arrival(uuid.uuid4().hex, "/in/a.zip", arrived_at, deadline, priority)
    made = Job(arrival, REQUEST, "watch", "/in/a\udcff.zip", files=FILES, kind="volume", stored_bytes=1 << 40)
    return replace(made, **changes)
