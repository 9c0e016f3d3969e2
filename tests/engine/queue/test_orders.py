import os
from contextlib import closing

import pytest

from engine.errors import BackendError, ProgramError, QueueError
from engine.queue.orders import Link, Orders, fault_message, fault_of


@pytest.fixture
def ends():
    ours, theirs = Link.pair()
    with closing(ours), theirs:
        other = Link(theirs)
        yield ours, other


def test_what_is_sent_arrives_message_by_message(ends):
    ours, theirs = ends
    orders = Orders("/home/\udcff", "/resources", "w1", "onnx-cpu", 2, "SIGKILL")
    assert ours.send(orders.message())
    assert ours.send({"more": 1})
    assert Orders(**theirs.receive()) == orders
    assert theirs.receive() == {"more": 1}
    assert theirs.receive(0.0) == {}


def test_who_hung_up_can_still_be_told_things(ends):
    ours, theirs = ends
    ours.hang_up()
    assert theirs.receive() is None
    assert theirs.send({"last": "words"})
    assert ours.receive() == {"last": "words"}


def test_the_end_of_the_other_is_noticed_and_nothing_can_be_sent(ends):
    ours, theirs = ends
    theirs.close()
    assert ours.receive() is None
    assert not ours.send({})


def test_who_does_not_listen_holds_nobody_up(ends):
    ours, _ = ends
    assert any(not ours.send({"beat": number}) for number in range(100_000))


@pytest.mark.parametrize("error", [BackendError("BE-NONE", "No.", "Buy."), QueueError("QU-LEASE", "Gone.")])
def test_a_fault_is_the_same_fault_at_the_other_end(error):
    told = fault_of(fault_message(error))
    assert (type(told), told.code, str(told)) == (type(error), error.code, str(error))
    assert fault_of({"ready": True}) is None


def test_a_fault_of_an_unknown_kind_is_ours():
    assert isinstance(fault_of({"fault": ["os", "PR-X", "m", os.sep]}), ProgramError)
