"""A soak notices growth, and takes steady noise for what it is."""

from __future__ import annotations

import random

import pytest

from tests.soak.judge import Latency, judge
from tests.soak.measure import Sample

END_S = 600.0


def samples(growth_mib_s: float = 0.0, leak_s: float = 0.0) -> list[Sample]:
    chance = random.Random(5)
    return [
        Sample(
            at_s=float(at_s),
            memory_bytes=int((800 + growth_mib_s * at_s + chance.uniform(-40, 40)) * 2**20),
            descriptors=90 + int(leak_s * at_s) + chance.randrange(-2, 3),
            processes=5,
        )
        for at_s in range(0, 600, 2)
    ]


def latencies(growth: float = 0.0) -> list[Latency]:
    chance = random.Random(6)
    return [Latency(at_s / 10, chance.uniform(1, 2) * (1 + growth * at_s / 6000)) for at_s in range(6000)]


def broken(**changes: float) -> list[str]:
    of_latency = latencies(changes.pop("latency", 0.0))
    return [one.what for one in judge(samples(**changes), of_latency, 30.0, END_S) if not one.is_kept]


def test_a_steady_run_is_kept() -> None:
    assert broken() == []


def test_memory_that_grows_by_a_tenth_is_noticed() -> None:
    assert broken(growth_mib_s=80 / END_S) == ["memory, median, MiB"]


def test_a_descriptor_lost_each_minute_is_noticed() -> None:
    assert broken(leak_s=1 / 60) == ["descriptors, median"]


def test_answers_that_come_ever_later_are_noticed() -> None:
    assert broken(latency=0.5) == ["latency, 99th percentile, s"]


def test_a_run_too_short_to_judge_says_so() -> None:
    with pytest.raises(ValueError, match="too short"):
        judge(samples()[:3], latencies(), 30.0, END_S)
