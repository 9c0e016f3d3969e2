import pytest

from engine.detect.choose import Choice, PassedOver, choose_backend
from engine.detect.loading import Detectors
from engine.detect.onnx_cpu import OnnxCpu
from engine.errors import BackendError
from engine.registry.pack import pack
from tests.engine.tiny_model import write_source


@pytest.fixture
def package(tmp_path):
    return pack(write_source(tmp_path / "source"), tmp_path / "package")


class Slow(OnnxCpu):
    """ONNX Runtime as a run time that has something to prepare, or that refuses to load."""

    name = "slow"

    def __init__(self, ready=False, refusals=0):
        self.ready, self.refusals = ready, refusals
        self.begun = 0

    def identity(self):
        return "slow 1"

    def why_not_yet(self, _card):
        return None if self.ready else "its plan is being built"

    def begin(self, graph, _card):
        assert graph
        self.begun += 1

    def load(self, graph, card, threads):
        if self.refusals:
            self.refusals -= 1
            raise BackendError("BE-LOAD", "The plan is damaged.")
        return super().load(graph, card, threads)


def trusting(card, candidates):
    """Takes what is ready."""
    for number, backend in enumerate(candidates):
        if backend.why_not_yet(card) is None:
            waiting = [PassedOver(one, one.why_not_yet(card), waits=True) for one in candidates[:number]]
            return Choice(backend, tuple(waiting))
    raise BackendError("BE-NONE", "None.")


def test_a_model_is_loaded_once_and_freed_at_the_end(package):
    detectors = Detectors((OnnxCpu(),), trusting, threads=1)
    assert detectors.of(package) is detectors.of(package)
    assert detectors.passed_over == {package.card.name: ()}
    detectors.close()
    assert detectors.of(package) is not None


def test_what_is_waited_for_is_begun_once_and_used_from_when_it_is_there(package, caplog):
    slow = Slow()
    detectors = Detectors((slow, OnnxCpu()), trusting, threads=1)
    first = detectors.of(package)
    assert detectors.of(package) is first
    assert slow.begun == 1
    (one,) = detectors.passed_over[package.card.name]
    assert str(one) == "slow: its plan is being built"
    assert caplog.text.count("does not answer with bright-spots 1.0.0") == 1
    slow.ready = True
    assert detectors.of(package) is not first
    assert detectors.passed_over[package.card.name] == ()


def test_a_run_time_that_refuses_a_model_is_passed_over_with_what_it_said(package):
    slow = Slow(ready=True, refusals=9)
    detectors = Detectors((slow, OnnxCpu()), trusting, threads=1)
    assert detectors.of(package) is detectors.of(package)
    assert slow.refusals == 8
    (one,) = detectors.passed_over[package.card.name]
    assert str(one) == "slow: The plan is damaged"


def test_a_run_time_that_puts_itself_right_is_tried_once_more(package):
    class Mending(Slow):
        def load(self, graph, card, threads):
            self.ready = False
            return super().load(graph, card, threads)

    mending = Mending(ready=True, refusals=9)
    detectors = Detectors((mending, OnnxCpu()), trusting, threads=1)
    detectors.of(package)
    detectors.of(package)
    assert mending.refusals == 8
    for _ in range(3):
        mending.ready = True
        detectors.of(package)
    assert mending.refusals == 7


def test_the_last_run_time_says_itself_why_it_cannot_load(package):
    with pytest.raises(BackendError, match="The plan is damaged"):
        Detectors((Slow(ready=True, refusals=1),), trusting, threads=1).of(package)


def test_a_model_that_no_run_time_may_answer_with_is_an_error(package):
    def unproven(card, candidates):
        return choose_backend(card, candidates, lambda _card, _backend: None)

    with pytest.raises(BackendError, match="slow: it was not compared with the reference") as caught:
        Detectors((Slow(ready=True),), unproven, threads=1).of(package)
    assert caught.value.code == "BE-NONE"
