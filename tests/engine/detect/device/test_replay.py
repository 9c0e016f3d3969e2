"""When work is recorded, and what happens if it cannot be; the recording itself is a stand-in, see test_graph."""

import importlib.util
from types import SimpleNamespace

import pytest

from engine.detect.device import replay
from engine.detect.device.graph import NotRecorded
from engine.detect.device.network import DeviceLost
from engine.errors import BackendError
from kernels.device_arrays import driver_errors

pytestmark = pytest.mark.skipif(importlib.util.find_spec("numba_cuda") is None, reason="needs the extra gpu")

STREAM = SimpleNamespace(handle=0x42)


class Recording:
    """Stands in for `graph.record`: runs the work as recording does, and then answers as told."""

    def __init__(self, refused=None, status=0):
        self.streams, self.launches, self.closed = [], 0, False
        self._refused, self._status = refused, status

    def __call__(self, stream, work):
        self.streams.append(stream)
        work()
        if self._refused:
            raise NotRecorded(self._refused)
        return self

    def launch(self):
        self.launches += 1
        return self._status

    def close(self):
        self.closed = True


def queued(monkeypatch, recording, calls, *, times, capturable=True, work=lambda: None):
    """How often the work was called one by one, recording included."""
    called = []
    monkeypatch.setattr(replay, "record", recording)
    monkeypatch.setattr(replay, "simulated", lambda: False)
    network = SimpleNamespace(capturable=capturable)
    again = replay.Replay(lambda: called.append(1) or work(), network, STREAM, calls)
    for _ in range(times):
        again.queue()
    again.close()
    return len(called)


def test_the_first_call_runs_by_itself_the_second_is_recorded_and_the_rest_are_launches(monkeypatch):
    recording = Recording()
    assert queued(monkeypatch, recording, 10, times=10) == 2
    assert (recording.streams, recording.launches, recording.closed) == ([0x42], 9, True)


@pytest.mark.parametrize(("calls", "capturable"), [(replay.LEAST_CALLS - 1, True), (100, False)])
def test_few_calls_or_a_network_that_cannot_be_recorded_go_call_by_call(monkeypatch, calls, capturable):
    recording = Recording()
    assert queued(monkeypatch, recording, calls, times=5, capturable=capturable) == 5
    assert recording.streams == []


def test_what_cannot_be_recorded_is_tried_once_and_goes_on_call_by_call(monkeypatch, caplog):
    recording = Recording(refused="not this work")
    with caplog.at_level("INFO", replay.__name__):
        assert queued(monkeypatch, recording, 10, times=10) == 11
    assert len(recording.streams) == 1
    assert "not this work" in caplog.text


def test_a_refusal_of_the_driver_while_it_records_is_a_fault_of_the_recording(monkeypatch):
    kinds, faults, calls = driver_errors(), [], []
    if not kinds:
        pytest.skip("the simulator's driver refuses nothing")

    def work():
        calls.append(1)
        if len(calls) == 2:  # while it is recorded
            raise kinds[0](900, "not while a stream is recorded")

    def record(stream, work):
        try:
            work()
        except BackendError as fault:
            faults.append(str(fault))
            raise NotRecorded(str(fault)) from fault

    assert queued(monkeypatch, record, 10, times=5, work=work) == 6
    assert len(faults) == 1
    assert "recording failed with [900]" in faults[0]


def test_a_graph_that_is_not_launched_is_a_lost_gpu(monkeypatch):
    with pytest.raises(DeviceLost, match="700"):
        queued(monkeypatch, Recording(status=700), 10, times=3)
