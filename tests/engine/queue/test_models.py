from contextlib import closing, contextmanager
from dataclasses import replace

import pytest

from engine.detect.onnx_cpu import OnnxCpu
from engine.domain.activation import Cause, ModelChange
from engine.domain.outcome import Outcome, Status
from engine.pipeline import Bench
from engine.queue.alarms import alarms_of, condition_of
from engine.queue.models import MOST_FAILURES, Models
from engine.queue.pulse import Pulse
from engine.registry.activate import release_of
from engine.registry.shelf import Shelf
from engine.registry.verdicts import Verdicts
from engine.store.database import open_store
from engine.store.model_changes import changes, record_change
from tests.engine.registry.releases import packed
from tests.engine.tiny_model import picture

OLD, NEW = "bright-spots 1.0.0", "bright-spots 1.1.0"


@pytest.fixture
def store(spotted_home, tmp_path):
    packed(tmp_path, "1.1.0", bias=-14.5).rename(spotted_home.models / "new.zip")
    with open_store(spotted_home) as opened:
        yield opened


@contextmanager
def at_work(store, tmp_path):
    home = store.home
    with (
        Bench.open(Shelf.of(home), home=home, backend="onnx-cpu", threads=1) as bench,
        closing(Models(store, bench, home, tmp_path / "no-bundled-models")) as models,
    ):
        yield bench, models


def card_of(store, name):
    return Shelf.of(store.home).named(name)[0].card


def activated(store, name=NEW, before=OLD):
    new, old = (release_of(card_of(store, one)) for one in (name, before))
    record_change(store, ModelChange("bright-spots", Cause.ACTIVATED, new, old, "ada", store.clock.now()))


def outcome(store, name, status=Status.FAILED, code="BE-RUN"):
    return Outcome("a", status, model=name, model_hash=card_of(store, name).hash, code=code)


def test_a_change_holds_from_the_next_study_on_and_finds_what_came_meanwhile(store, tmp_path):
    (store.home.models / "new.zip").rename(tmp_path / "kept.zip")
    study = picture(tmp_path / "a.png")
    with at_work(store, tmp_path) as (bench, _):
        assert bench.attempt(study).outcome().model == OLD
        (tmp_path / "kept.zip").rename(store.home.models / "new.zip")
        activated(store)
        found = bench.attempt(study).outcome()
    assert (found.model, found.status, found.doubts) == (NEW, Status.ANSWERED, ())


def test_the_version_of_before_stays_loaded_until_the_new_one_has_answered(store, tmp_path):
    study = picture(tmp_path / "a.png")
    activated(store, OLD, OLD)
    with at_work(store, tmp_path) as (bench, models):
        models.answered(bench.attempt(study).outcome())
        activated(store)
        attempt = bench.attempt(study)
        assert bench.loaded() == {card_of(store, OLD).hash, card_of(store, NEW).hash}
        models.answered(attempt.outcome())
        bench.attempt(study)
        assert bench.loaded() == {card_of(store, NEW).hash}


def test_so_many_failures_in_a_row_bring_the_version_of_before_back_and_an_alarm(store, tmp_path):
    activated(store)
    with at_work(store, tmp_path) as (bench, models), closing(Pulse(store.home)) as pulse:
        models.now()
        for _ in range(MOST_FAILURES - 1):
            models.answered(outcome(store, NEW))
        models.answered(outcome(store, NEW, Status.ANSWERED, ""))
        models.answered(outcome(store, NEW, Status.REFUSED, "IN-EMPTY"))
        for _ in range(MOST_FAILURES - 1):
            models.answered(outcome(store, NEW))
        assert len(changes(store)) == 1
        models.answered(outcome(store, NEW))
        last = changes(store)[-1]
        assert (last.cause, last.release.version, last.operator) == (Cause.FAILURES, "1.0.0", "fovea")
        assert last.reason == "3 studies in a row failed, the last with BE-RUN."
        assert bench.attempt(picture(tmp_path / "a.png")).outcome().model == OLD
        assert [alarm.name for alarm in alarms_of(condition_of(store, pulse))] == ["model-taken-back"]


@pytest.mark.parametrize("code", ["ST-FULL", "IN-UNREADABLE"])
def test_what_is_no_fault_of_the_model_takes_nothing_back(store, tmp_path, code):
    activated(store)
    with at_work(store, tmp_path) as (_, models):
        for _ in range(MOST_FAILURES):
            models.answered(outcome(store, NEW, code=code))
    assert len(changes(store)) == 1


def test_without_a_way_back_it_goes_on(store, tmp_path):
    with at_work(store, tmp_path) as (_, models):
        for _ in range(MOST_FAILURES + 1):
            models.answered(outcome(store, OLD))
    assert changes(store) == ()


def test_a_version_that_differs_from_the_reference_goes_back_before_the_first_study(store, tmp_path):
    activated(store)
    with at_work(store, tmp_path) as (_, models):
        models.check()
        assert len(changes(store)) == 1
        backend, verdicts, card = OnnxCpu(), Verdicts(store.home), card_of(store, NEW)
        found = verdicts.of(card, backend)
        verdicts.keep(card, backend, replace(found, differences=("spot: a region is missing.",)))
        models.check()
        last = changes(store)[-1]
        assert (last.cause, last.release.version) == (Cause.SELF_TEST, "1.0.0")
        assert last.reason == "On onnx-cpu: spot: a region is missing."
        assert models.now().active["bright-spots"].version == "1.0.0"


def test_where_the_version_of_before_differs_as_well_nothing_is_won_by_going_back(store, tmp_path):
    activated(store)
    with at_work(store, tmp_path) as (_, models):
        models.check()
        for name in (OLD, NEW):
            backend, verdicts, card = OnnxCpu(), Verdicts(store.home), card_of(store, name)
            models._why_unsound(Shelf.of(store.home).named(name)[0], backend)
            found = verdicts.of(card, backend)
            verdicts.keep(card, backend, replace(found, differences=("spot: a region is missing.",)))
        models.check()
    assert len(changes(store)) == 1
