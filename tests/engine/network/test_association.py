"""Calling peers that do not behave: each ends in time, with a name for what was wrong."""

import socket
import threading
import time
from contextlib import contextmanager

import pytest
from pynetdicom.presentation import build_context

from engine.errors import NetworkError
from engine.network.association import Call, associated
from engine.network.guarded import Bounds
from engine.network.peer import Peer
from tests.engine.network.scu import ECHO, association


@contextmanager
def saying(answer: bytes, *, then_close=False):
    """A port whose peer gives this answer to whatever it is told, and then stays silent or goes."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        held = []

        def serve():
            connection, _ = server.accept()
            held.append(connection)
            connection.recv(65536)
            connection.sendall(answer)
            if then_close:
                connection.shutdown(socket.SHUT_RDWR)

        serving = threading.Thread(target=serve)
        serving.start()
        yield server.getsockname()[1]
        serving.join()
        for connection in held:
            connection.close()


def fault_of(port):
    """How a call to it fails, within five seconds."""
    begun_s = time.monotonic()
    call = Call(Peer("PEER", "127.0.0.1", port), wait_s=0.5, bounds=Bounds(stall_s=0.5, pdu_s=0.5))
    with pytest.raises(NetworkError) as error, associated(call, [build_context(ECHO)]):
        pass
    assert time.monotonic() - begun_s < 5.0
    return error.value.code


def test_peer_that_says_nothing_is_given_up():
    with saying(b"") as port:
        assert fault_of(port) == "NW-ABORTED"


def test_peer_that_stalls_in_its_answer_is_given_up():
    with saying(b"\x02\x00\x00\x00\x01\x00half") as port:
        assert fault_of(port) == "NW-ABORTED"


def test_peer_that_announces_a_huge_answer_is_given_up():
    with saying(b"\x02\x00\xff\xff\xff\xff") as port:
        assert fault_of(port) == "NW-ABORTED"


def test_peer_that_speaks_another_protocol_is_given_up():
    with saying(b"HTTP/1.1 400 Bad Request\r\n\r\n", then_close=True) as port:
        assert fault_of(port) == "NW-ABORTED"


def test_peer_that_hangs_up_is_named():
    with saying(b"", then_close=True) as port:
        assert fault_of(port) == "NW-ABORTED"


def test_peer_without_what_is_asked_for_is_named(start):
    call = Call(Peer("FOVEA", "127.0.0.1", start().port))
    with pytest.raises(NetworkError) as error, associated(call, [build_context("1.2.840.10008.5.1.4.31")]):
        pass
    assert error.value.code == "NW-SERVICE"


def test_error_in_the_block_aborts_the_association(start):
    receiver = start()
    call = Call(Peer("FOVEA", "127.0.0.1", receiver.port))
    with pytest.raises(ZeroDivisionError), associated(call, [build_context(ECHO)]):
        1 / 0  # noqa: B018  # for its error
    with association(receiver.port) as made:
        assert made.is_established
