"""Imports and the gate go on in a process of their own, and say there what they would say here."""

import os
import signal

import pytest

from app.jobs.changing_models import GateProgress, Means, ask_gate, bring_in
from app.jobs.model_process import ModelProcess
from app.jobs.run import Task
from engine.budget import Budget
from engine.detect.onnx_cpu import OnnxCpu
from engine.domain.operator import Operator, Role
from engine.errors import Cancelled, ModelError, ProgramError, UsageError
from engine.operators.session import Session, single_operator
from engine.pipeline import Bench
from engine.registry.gate import Gate
from engine.registry.imports import Imports
from engine.registry.pack import pack
from engine.registry.shelf import Shelf
from engine.store.database import open_store
from engine.store.model_changes import changes
from tests.engine.registry.releases import packed, state_requirements

MEANS = Means("onnx-cpu", 1)


class Told:
    """What the work reported; cancels it at the first report of a kind."""

    def __init__(self, cancelled_by=None):
        self.all = []
        self.task = Task(Budget(), self._report)
        self._cancelled_by = cancelled_by

    def _report(self, value):
        self.all.append(value)
        if self._cancelled_by and isinstance(value, self._cancelled_by):
            self.task.budget.cancel()


@pytest.fixture
def site(spotted_home):
    state_requirements(spotted_home)
    return spotted_home


@pytest.fixture
def store(site):
    with open_store(site) as opened:
        yield opened


def versions(site):
    return {package.card.version: package.card.hash for package in Shelf.of(site).packages}


@pytest.mark.deep
def test_a_package_is_imported_and_judged_as_in_this_process(site, store, tmp_path):
    told = Told()
    imported = bring_in(store, single_operator(), packed(tmp_path, "1.1.0", bias=-20.5), "", MEANS, told.task)
    shelf = Shelf.of(site)
    (package,) = (package for package in shelf.packages if package.card.version == "1.1.0")
    assert imported.path == package.path
    assert imported.record == Imports(site).of(package.card)
    assert tuple(told.all) == imported.record.steps

    told = Told()
    judged = ask_gate(store, single_operator(), package.card.hash, MEANS, told.task)
    assert judged.refused.code == "MD-GATE"
    assert [(one.done, one.of) for one in told.all] == [(done, 12) for done in range(1, 13)]
    assert told.all[0].left_s is None
    assert told.all[-1].left_s == 0.0
    with Bench.open(shelf, home=site, backend="onnx-cpu", threads=1) as bench:
        here = Gate(site, bench, (OnnxCpu(),)).judge(package, shelf.named("bright-spots 1.0.0")[0])
    assert judged.lines == here
    assert [one.cause.value for one in changes(store)] == ["imported"]


@pytest.mark.deep
def test_a_gate_that_is_cancelled_ends_at_once_and_changes_nothing(site, store, tmp_path):
    bring_in(store, single_operator(), packed(tmp_path, "1.1.0"), "", MEANS, Told().task)
    told = Told(cancelled_by=GateProgress)
    with pytest.raises(Cancelled):
        ask_gate(store, single_operator(), versions(site)["1.1.0"], MEANS, told.task)
    assert len(told.all) < 12
    assert [one.cause.value for one in changes(store)] == ["imported"]


@pytest.mark.deep
def test_an_import_that_is_cancelled_puts_its_copy_away(site, store, tmp_path):
    told = Told(cancelled_by=object)
    with pytest.raises(Cancelled):
        bring_in(store, single_operator(), packed(tmp_path, "1.1.0"), "", MEANS, told.task)
    assert told.all[0].name == "signature"
    assert set(versions(site)) == {"1.0.0"}
    assert [path.name for path in site.models.iterdir()] == ["bright-spots"]


@pytest.mark.deep
def test_what_the_engine_refuses_there_is_refused_here_with_its_code(site, store, tmp_path):
    packed(tmp_path, "1.1.0")
    unsigned = pack(tmp_path / "source-1.1.0", tmp_path / "unsigned.zip", None).path
    with pytest.raises(ModelError) as caught:
        bring_in(store, single_operator(), unsigned, "", MEANS, Told().task)
    assert caught.value.code == "MD-UNSIGNED"


def test_who_may_not_import_is_refused_before_a_process_is_started(store, tmp_path):
    reader = Session(Operator("rea", Role.READER))
    lead = Session(Operator("lea", Role.LEAD))
    for who, because in ((reader, ""), (lead, "it is from next door")):
        with pytest.raises(UsageError) as caught:
            bring_in(store, who, tmp_path / "nothing.zip", because, MEANS, Told().task)
        assert caught.value.code == "US-ROLE"


@pytest.mark.deep
def test_an_import_is_written_down_under_the_name_of_who_asked(site, store, tmp_path):
    bring_in(store, Session(Operator("lea", Role.LEAD)), packed(tmp_path, "1.1.0"), "", MEANS, Told().task)
    assert [one.operator for one in changes(store)] == ["lea"]


def test_a_process_that_is_killed_is_told_with_how_it_ended(site):
    order = {"work": "gate", "home": str(site.root), "backend": None, "threads": 1}
    with ModelProcess(order) as process:
        os.kill(process.pid, signal.SIGKILL)
        with pytest.raises(ProgramError) as caught:
            list(process.messages(lambda: True))
    assert caught.value.code == "PR-MODELS"
    assert "SIGKILL" in caught.value.message


def test_an_order_that_cannot_be_carried_out_is_a_fault_and_no_silence(site):
    order = {"work": "gate", "home": str(site.root), "backend": "abacus", "threads": 1, "resources": "", "judged": ""}
    with ModelProcess(order) as process:
        (message,) = process.messages(lambda: True)
    assert message["fault"][:2] == ["UsageError", "US-BACKEND"]
