"""Shared memory, and the memory of scans that are gone."""

from __future__ import annotations

import os

import numpy as np
import pytest

from engine.intake.isolated.memory import SharedMemory, SpareMemory


def identity(memory: SharedMemory) -> int:
    return os.fstat(memory.descriptor).st_ino


def test_memory_is_written_in_place_and_seen_by_every_mapping():
    with SharedMemory.of_size(8) as memory:
        before = memory.mapped()
        assert memory.write(np.arange(3, dtype=np.uint16).data, 2) == 8
        assert before[:] == memory.mapped()[:] == b"\0\0\0\0\1\0\2\0"


def test_a_mapping_outlives_the_descriptor():
    with SharedMemory.of_size(4) as memory:
        memory.write(b"here", 0)
        values = np.frombuffer(memory.mapped(), np.uint8)
    assert bytes(values) == b"here"


def test_memory_comes_back_when_its_last_array_is_gone_and_not_before():
    spare = SpareMemory()
    with spare.take(1000) as memory:
        first = identity(memory)
        mapping = memory.mapped()
        values = np.frombuffer(mapping, np.uint8)
        spare.follow(mapping, memory)
    del mapping
    part = values[10:20]
    del values
    with spare.take(1000) as other:
        assert identity(other) != first
    del part
    with spare.take(900) as again:
        assert identity(again) == first
    spare.close()


@pytest.mark.parametrize("wanted", [1001, 700], ids=["larger", "much smaller"])
def test_memory_of_another_size_is_given_back_to_the_system(wanted):
    spare = SpareMemory()
    with spare.take(1000) as memory:
        spare.follow(memory.mapped(), memory)
        first = identity(memory)
    with spare.take(wanted) as other:
        assert identity(other) != first
        assert other.size_bytes == wanted


def test_no_more_than_the_limit_is_kept():
    spare = SpareMemory(most_bytes=100)
    with spare.take(101) as memory:
        spare.follow(memory.mapped(), memory)
        first = identity(memory)
        with spare.take(101) as other:
            assert identity(other) != first
