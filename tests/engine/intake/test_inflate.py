"""Deflated streams never come out larger than wanted."""

from __future__ import annotations

import gzip
import zlib

import numpy as np
import pytest

from engine.intake.inflate import inflate, measure_inflated

NOISE = np.random.default_rng(5).integers(0, 256, 5 << 20, np.uint8).tobytes()
"""More than one step of input."""


@pytest.mark.parametrize("squeeze", [zlib.compress, gzip.compress])
@pytest.mark.parametrize("data", [b"", b"abc", NOISE, bytes(9 << 20)], ids=len)
def test_a_stream_comes_out_whole(squeeze, data):
    packed = squeeze(data)
    assert inflate(packed, len(data)) == (data, True)
    assert inflate(memoryview(packed + b"behind it"), len(data)) == (data, True)
    assert inflate(packed[:-1], len(data))[1] is False


def test_a_stream_stops_soon_after_the_limit():
    inflated, ended = inflate(zlib.compress(bytes(100 << 20)), 1 << 20)
    assert not ended
    assert 1 << 20 < len(inflated) <= 2 << 20


def test_members_of_gzip_are_joined():
    assert inflate(gzip.compress(b"abc") + gzip.compress(NOISE) + b"x", 6 << 20) == (b"abc" + NOISE, True)


def test_what_a_stream_took_is_measured():
    packed = zlib.compress(NOISE)
    measured = measure_inflated(packed + b"behind it", len(NOISE))
    assert (measured.size_bytes, measured.used_bytes, measured.ended) == (len(NOISE), len(packed), True)
    assert not measure_inflated(packed[:-1], len(NOISE)).ended
    assert measure_inflated(zlib.compress(bytes(50 << 20)), 1 << 20).size_bytes <= 2 << 20
    with pytest.raises(zlib.error):
        measure_inflated(b"no stream at all", 100)
