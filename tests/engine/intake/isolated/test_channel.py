"""Values between two ends of a socket, and what a process that was taken over might send instead."""

from __future__ import annotations

import os
import pickle
import socket
import struct
import time
from pathlib import Path

import numpy as np
import pytest

from engine.domain.study import Instance
from engine.errors import InputError
from engine.intake.entry import Entry
from engine.intake.isolated.channel import Channel
from engine.intake.isolated.memory import SharedMemory


@pytest.fixture
def ends():
    parent, child = socket.socketpair()
    parent.settimeout(0.3)
    channels = Channel(parent, trusting=False), Channel(child, trusting=True)
    yield channels
    for channel in channels:
        channel.close()


def test_values_and_errors_arrive_as_they_were_sent(ends):
    parent, child = ends
    for value in ((1, "two", None), Instance("a.dcm", "1.2.3"), Entry(Path("a.zip"), "b.dcm")):
        child.send(value)
        assert parent.receive() == (value, None)
    child.send(InputError("IN-DECODE", "It is damaged.", "Copy it again."))
    error, _ = parent.receive()
    assert (type(error), error.code, str(error)) == (InputError, "IN-DECODE", "It is damaged. Copy it again.")


def test_arrays_arrive_without_a_copy_and_read_only(ends):
    parent, child = ends
    sent = {"grey": np.arange(12, dtype=np.uint16).reshape(3, 4), "none": np.empty((0, 4), np.float32)}
    child.send({**sent, "same": sent["grey"]})
    received, _ = parent.receive()
    for name, array in sent.items():
        np.testing.assert_array_equal(received[name], array)
        assert received[name].dtype == array.dtype
    assert not received["grey"].flags.owndata
    assert not received["grey"].flags.writeable
    assert received["same"] is received["grey"]


def test_memory_is_handed_over(ends):
    parent, child = ends
    with SharedMemory.of_size(16) as memory:
        parent.send("fill it", memory)
        message, handed = child.receive()
        assert message == "fill it"
        with handed:
            handed.write(b"filled", 4)
        assert memory.mapped()[4:10] == b"filled"


def test_memory_that_is_sealed_cannot_be_taken_away(ends):
    with SharedMemory.of_size(4096) as memory:
        assert memory.seal() == 4096
        with pytest.raises(PermissionError):
            os.ftruncate(memory.descriptor, 0)


def test_receiving_waits_no_longer_than_said(ends):
    parent, child = ends
    start_s = time.monotonic()
    assert parent.receive(start_s + 0.05) is None
    assert 0.04 < time.monotonic() - start_s < 2.0
    child.close()
    with pytest.raises(EOFError):
        parent.receive(time.monotonic() + 1.0)


@pytest.mark.parametrize("sent", [b"\0" * 5, struct.pack("<QI", 100, 0) + b"half"], ids=["head", "message"])
def test_a_message_that_stalls_is_given_up(ends, sent):
    parent, child = ends
    child._socket.sendall(sent)
    with pytest.raises(OSError, match="timed out"):
        parent.receive()


class Harm:
    def __reduce__(self):
        return (os.system, ("true",))


@pytest.mark.parametrize(
    "value",
    [Harm(), os.system, Path.unlink, SharedMemory, socket.socketpair],
    ids=["call", "os", "path", "ours", "socket"],
)
def test_only_values_are_unpickled_from_a_child(ends, value):
    parent, child = ends
    child.send(value)
    with pytest.raises(pickle.UnpicklingError, match="is no value"):
        parent.receive()


def test_sizes_that_cannot_be_are_refused(ends):
    parent, child = ends
    child._socket.sendall(struct.pack("<QI", 1 << 40, 0))
    with pytest.raises(ValueError, match="a message of"):
        parent.receive()
    with SharedMemory.of_size(8) as memory:
        data = struct.pack("<Q", 9) + pickle.dumps(None)
        socket.send_fds(child._socket, [struct.pack("<QI", len(data), 1) + data], [memory.descriptor])
        with pytest.raises(ValueError, match="larger than their memory"):
            parent.receive()
    child._socket.sendall(struct.pack("<QI", 8, 1) + b"\0" * 8)
    with pytest.raises(ValueError, match="without their memory"):
        parent.receive()
