import json
import struct
from datetime import UTC, datetime

import numpy as np
import pytest

from engine.domain.outcome import Status
from engine.domain.region import InstanceBox, Measure, Region
from engine.domain.study import Instance, Study
from engine.errors import ProgramError, StoreError
from engine.export.lines import outcome_line
from engine.store.outcomes import find, newest, record
from engine.store.trail import entries
from engine.store.verify import verify
from tests.engine.store.answers import answered, arrival, nodule, photograph, refused, spot, volume


def test_photograph_comes_back_bit_for_bit(store):
    came, study = arrival(), photograph()
    outcome = answered(came, [spot(), spot(score=1 / 3)], doubts=("too-many-regions", "late"), budget_s=10.1)
    record(store, came, study, outcome)
    kept = find(store, came.id)
    assert (kept.arrival, kept.study, kept.outcome) == (came, study, outcome)
    assert [type(edge) for edge in kept.outcome.regions[0].box_px] == [float] * 4


def test_what_sqlite_would_change_is_settled_before_it_is_committed_to(store):
    came = arrival()
    outcome = answered(came, [spot(x0=-0.0)], coverage=1, budget_s=3)  # SQLite keeps no sign of zero
    record(store, came, photograph(), outcome)
    assert find(store, came.id).outcome == outcome
    assert struct.pack("d", find(store, came.id).outcome.regions[0].box_px[0]) == bytes(8)
    assert verify(store) is None


def test_volume_comes_back_with_its_slices_in_order(store):
    came, study = arrival("/in/ct"), volume()
    bare = nodule(0.5, center_mm=None, instances=(), measures=())
    record(store, came, study, answered(came, [nodule(), bare, nodule(0.25)]))
    kept = find(store, came.id)
    assert kept.study == study
    assert kept.outcome.regions == (nodule(), bare, nodule(0.25))
    assert verify(store) is None


def test_images_and_measures_of_a_region_come_back_as_floats_whatever_they_were(store):
    came = arrival("/in/ct")
    box = tuple(np.float32([1, 2, 3, 4]))
    raw = nodule(instances=(InstanceBox("1.2", 0, box),), measures=(Measure("volume", np.float32(0.1), "mm3"),))
    record(store, came, volume(), answered(came, [raw]))
    (kept,) = find(store, came.id).outcome.regions
    assert [type(edge) for edge in kept.instances[0].box_px] == [float] * 4
    assert kept.measures[0].value == float(np.float32(0.1))
    assert verify(store) is None


def test_regions_in_an_image_are_found_by_its_uid(store):
    for came in (arrival("/in/ct"), arrival("/in/ct")):
        record(store, came, volume(), answered(came, [nodule(), nodule(0.5)]))
    query = "SELECT outcome_id, region FROM region_instances WHERE sop_uid = '1.2.840.1' ORDER BY 1, 2"
    with store.reading() as connection:
        assert connection.exec_driver_sql(query).all() == [(1, 0), (1, 1), (2, 0), (2, 1)]
        plan = connection.exec_driver_sql("EXPLAIN QUERY PLAN " + query).all()
    assert "ix_region_instances_sop_uid" in str(plan)


def test_refused_file_has_no_study_and_keeps_its_reason(store):
    came = arrival("/in/leer.png", deadline=None, priority=0)
    record(store, came, None, refused(came))
    kept = find(store, came.id)
    assert (kept.arrival, kept.study, kept.outcome) == (came, None, refused(came))
    assert kept.outcome.flagged is None


def test_name_that_is_not_utf8_is_kept_as_it_is(store):
    came = arrival("/in/caf\udce9.png")
    record(store, came, photograph(came.source), answered(came))
    record(store, other := arrival(came.source), None, refused(other))
    assert {row.arrival.source for row in newest(store, 2)} == {came.source}
    assert find(store, other.id).outcome.reason == refused(other).reason
    assert verify(store) is None


def test_scores_from_the_detector_are_stored_as_the_numbers_they_are(store):
    came = arrival()
    raw = Region("pitting", np.float32(0.1), "sure", box_px=tuple(np.float32([0.1, 0.2, 0.3, 0.7])))
    record(store, came, photograph(), answered(came, [raw]))
    assert find(store, came.id).outcome.regions[0].score == float(np.float32(0.1))
    assert verify(store) is None


def test_line_of_run_can_be_made_again_from_what_is_stored(store):
    came, study = arrival(), photograph()
    outcome = answered(came, [spot(), nodule(), spot(0.9)], budget_s=3.0)
    record(store, came, study, outcome)
    kept = find(store, came.id)
    line = json.dumps(outcome_line(came.source, study, outcome))
    assert json.dumps(outcome_line(kept.arrival.source, kept.study, kept.outcome)) == line


def test_same_content_may_arrive_twice(store):
    for came in (arrival(), arrival()):
        record(store, came, photograph(), answered(came))
    assert len(newest(store, 10)) == 2


def test_second_attempt_stands_beside_the_first(store):
    came = arrival()
    moved = Study("ab" * 32, "photograph", "photo", "/done/part 7.png", (Instance("/done/part 7.png"),))
    record(
        store, came, photograph(), answered(came, status=Status.FAILED, code="BE-RUN", reason="it broke", coverage=0.25)
    )
    record(store, came, moved, answered(came, attempt=2))
    assert find(store, came.id).outcome.attempt == 2
    assert find(store, came.id).study == moved
    assert find(store, came.id, attempt=1).outcome.status is Status.FAILED
    assert find(store, came.id, attempt=1).study == photograph()
    assert find(store, came.id, attempt=3) is None
    assert verify(store) is None


def test_same_attempt_is_not_answered_twice(store):
    came = arrival()
    record(store, came, photograph(), answered(came))
    with pytest.raises(StoreError) as caught:
        record(store, came, photograph(), answered(came, [spot()]))
    assert caught.value.code == "ST-ANSWERED"
    assert find(store, came.id).outcome == answered(came)
    with store.reading() as connection:
        assert len(list(entries(connection))) == 2
        assert connection.exec_driver_sql("SELECT count(*) FROM studies").scalar() == 1


@pytest.mark.parametrize(
    "lie",
    [
        {"coverage": 0.999},
        {"flagged": None},
        {"coverage": float("nan"), "status": Status.INCOMPLETE},
        {"coverage": 1.5, "status": Status.INCOMPLETE},
        {"regions": (Region("pitting", 1.5, "sure", box_px=(0.0, 0.0, 1.0, 1.0)),)},
        {"regions": (Region("pitting", 0.5, "certain", box_px=(0.0, 0.0, 1.0, 1.0)),)},
        {"regions": (Region("pitting", 0.5, "sure"),)},
        {"regions": (Region("pitting", 0.5, "sure", box_px=(float("nan"), 0.0, 1.0, 1.0)),)},
        {"regions": (nodule(measures=(Measure("volume", float("nan"), "mm3"),)),)},
        {"regions": (nodule(measures=(Measure("volume", float("inf"), "mm3"),)),)},
        {"regions": (nodule(measures=(Measure("volume", 1.0, "mm3"),) * 2),)},
        {"regions": (nodule(instances=(InstanceBox("1.2", 0, (0.0, 0.0, float("nan"), 1.0)),)),)},
        {"attempt": 0},
        {"arrival_id": "another"},
    ],
)
def test_answer_that_contradicts_itself_is_not_stored(store, lie):
    came = arrival()
    with pytest.raises(ProgramError) as caught:
        record(store, came, photograph(), answered(came, **lie))
    assert caught.value.code == "PR-STORE"
    assert newest(store, 10) == ()
    assert verify(store) is None


def test_arrival_cannot_change_between_attempts(store):
    came = arrival()
    record(store, came, None, refused(came))
    changed = arrival("/elsewhere.png", id=came.id)
    with pytest.raises(ProgramError, match="recorded with other facts"):
        record(store, changed, None, refused(changed, attempt=2))


def test_pages_are_newest_first_and_miss_nothing(store):
    ids = []
    for _ in range(7):
        record(store, came := arrival(), photograph(), answered(came, [spot()]))
        ids.append(came.id)
    pages, before = [], None
    while page := newest(store, 3, before):
        pages.append([row.arrival.id for row in page])
        before = page[-1].id
    assert pages == [ids[:3:-1], ids[3:0:-1], ids[:1]]
    assert newest(store, 0) == ()


def test_unknown_arrival_has_no_outcome(store):
    assert find(store, "nobody's") is None
    assert newest(store, 5) == ()


def test_log_holds_no_name_and_no_path(store):
    came = arrival("/patients/Doe^Jane/profile.png")
    record(store, came, photograph(came.source), answered(came))
    record(store, other := arrival("/patients/Doe^Jane/empty.png"), None, refused(other))
    with store.reading() as connection:
        log = " ".join(f"{entry.subject} {entry.detail}" for entry in entries(connection))
    assert came.id in log
    for secret in ("Doe", "patients", "profile", photograph().content_hash):
        assert secret not in log


def test_time_of_recording_is_utc(store):
    before = datetime.now(UTC)
    record(store, came := arrival(), None, refused(came))
    assert before <= find(store, came.id).recorded_at <= datetime.now(UTC)
