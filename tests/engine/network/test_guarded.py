"""The borders of PDUs in a stream, wherever it is cut, and the limits on one."""

import pytest

from engine.network.guarded import Bounds, Framing

LIMITS = Bounds(pdu_bytes=100, pdu_s=10.0)


def pdu(length):
    return b"\x04\x00" + length.to_bytes(4, "big") + bytes(length)


@pytest.mark.parametrize("step", [1, 2, 5, 6, 7, 50, 1000])
def test_pdus_of_any_sizes_pass_however_they_are_cut(step):
    framing, stream = Framing(LIMITS), pdu(0) + pdu(1) + pdu(100) + pdu(3)
    for begin in range(0, len(stream), step):
        framing.take(stream[begin : begin + step], 0.0)


def test_longer_pdu_is_refused_by_its_header_alone():
    with pytest.raises(ConnectionError, match="101 bytes was announced, the limit is 100"):
        Framing(LIMITS).take(pdu(101)[:6], 0.0)


def test_time_counts_from_the_first_byte_of_a_pdu():
    framing = Framing(LIMITS)
    framing.take(pdu(50)[:3], 0.0)
    framing.take(pdu(50)[3:20], 10.0)
    with pytest.raises(TimeoutError, match="more than 10 s"):
        framing.take(pdu(50)[20:21], 10.1)


def test_time_between_pdus_does_not_count():
    framing = Framing(LIMITS)
    framing.take(pdu(50), 0.0)
    framing.take(pdu(50)[:10], 1000.0)
    framing.take(pdu(50)[10:], 1009.0)
