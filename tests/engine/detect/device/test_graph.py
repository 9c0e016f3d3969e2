"""Recording by the driver's calls, against a stand-in; on a real GPU `make gpu-check` records and replays."""

import ctypes

import pytest

from engine.detect.device.graph import NotRecorded, record
from engine.errors import BackendError
from tests.engine.detect.device.driver_stand_in import GRAPH, library, opener

STREAM = 0x7000000042


def driver(tmp_path, begin=0, end=0, ready=0):
    stand_in = library(tmp_path, GRAPH, BEGIN=begin, END=end, READY=ready)
    stand_in.what_was_called.restype = ctypes.c_char_p
    return stand_in


def called(stand_in):
    return stand_in.what_was_called().decode().split()


def test_work_is_recorded_once_and_launched_as_often_as_wanted(tmp_path):
    stand_in, worked = driver(tmp_path), []
    graph = record(STREAM, lambda: worked.append(called(stand_in)), opener(libcuda=stand_in))
    assert worked == [["begin"]]
    assert (graph.launch(), graph.launch()) == (0, 0)
    graph.close()
    assert called(stand_in) == ["begin", "end", "ready", "drop", "launch", "launch", "free"]


@pytest.mark.parametrize(
    ("statuses", "calls"),
    [
        ({"begin": 900}, ["begin"]),
        ({"end": 901}, ["begin", "end"]),
        ({"ready": 2}, ["begin", "end", "ready", "drop"]),
    ],
)
def test_what_cannot_be_recorded_says_why_and_leaves_nothing_behind(tmp_path, statuses, calls):
    stand_in = driver(tmp_path, **statuses)
    with pytest.raises(NotRecorded, match=f"CUDA error {next(iter(statuses.values()))}"):
        record(STREAM, lambda: None, opener(libcuda=stand_in))
    assert called(stand_in) == calls


def test_a_network_that_fails_while_it_is_recorded_leaves_the_stream_usable(tmp_path):
    stand_in = driver(tmp_path)

    def work():
        raise BackendError("BE-RUN", "Not while a stream is recorded.", "")

    with pytest.raises(NotRecorded, match="Not while a stream"):
        record(STREAM, work, opener(libcuda=stand_in))
    assert called(stand_in) == ["begin", "end", "drop"]
