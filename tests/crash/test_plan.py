"""The rounds are what `make crash` promises: random, the same for the same seed, and fair to what they judge."""

from __future__ import annotations

from collections import Counter

from tests.crash.plan import SPAN_S, Victim, plan

MANY = [plan(3, number) for number in range(200)]
KILL_THE_WORKER = (Victim.WORKER, Victim.EVERYONE)


def test_a_round_can_be_played_again() -> None:
    assert plan(3, 17) == MANY[17]
    assert plan(4, 17) != MANY[17]


def test_all_victims_are_met_and_some_rounds_have_a_full_disk_or_a_person() -> None:
    victims = Counter(blow.victim for one in MANY for blow in one.blows)
    assert min(victims[victim] for victim in Victim) >= 20
    assert 20 <= sum(one.full_s is not None for one in MANY) <= 80
    assert 20 <= sum(one.by_hand is not None for one in MANY) <= 100


def test_no_study_can_meet_two_kills_of_the_worker_in_one_round() -> None:
    assert max(sum(blow.victim in KILL_THE_WORKER for blow in one.blows) for one in MANY) == 1


def test_blows_fall_anywhere_in_a_round() -> None:
    moments_s = sorted(blow.at_s for one in MANY for blow in one.blows)
    assert moments_s[0] < 0.1 * SPAN_S
    assert moments_s[-1] > 0.9 * SPAN_S


def test_no_two_files_of_a_run_have_one_name() -> None:
    names = [drop.name for one in MANY for drop in one.drops]
    names += [name for one in MANY if one.by_hand for name in one.by_hand.names]
    assert len(set(names)) == len(names)
