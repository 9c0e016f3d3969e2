"""A worker that hangs, and a study that kills whoever works at it."""

from __future__ import annotations

import os
import re
import signal
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from engine.domain.outcome import Status
from engine.queue.pulse import Pulse
from tests.crash.answers import outcomes_of, problems_of_the_record, wait_for_answers
from tests.crash.files import throw_in
from tests.crash.site import Site
from tests.crash.trial import ANSWER_S, all_problems, running, wait_until

pytestmark = [pytest.mark.deep, pytest.mark.timeout(300)]


def test_a_worker_that_hangs_is_replaced(tmp_path: Path) -> None:
    with running(tmp_path) as site:
        assert wait_until(lambda: bool(site.workers()), ANSWER_S)
        (hung,) = site.workers()
        os.kill(hung.pid, signal.SIGSTOP)
        thrown_in = throw_in(site.watched[0].folder, "waits-1.png", "waits-2.png")

        assert all_problems(site, thrown_in) == []


def test_a_study_that_kills_its_worker_twice_is_set_aside_and_the_others_are_answered(tmp_path: Path) -> None:
    with running(tmp_path) as site:
        folder = site.watched[0].folder
        killer = folder / "killer.png"
        Image.new("L", (4000, 4000)).save(killer)
        for _ in range(2):
            assert wait_until(lambda: is_at_a_tile(site), ANSWER_S)
            killed = set(site.workers())
            site.kill(killed)
            assert wait_until(lambda killed=killed: killed.isdisjoint(site.workers()))
        thrown_in = throw_in(folder, "innocent-1.png", "innocent-2.png")

        assert not wait_for_answers(site.home, [killer, *thrown_in], ANSWER_S)
        site.stop()

        (set_aside,) = outcomes_of(site.home)[str(killer)]
        assert (set_aside.outcome.status, set_aside.outcome.code) == (Status.FAILED, "QU-KILLED")
        seen = r"died \(SIGKILL\) while this study was at stage '(prepare|detect|merge)', with \d+% looked at"
        assert re.search(seen, set_aside.outcome.reason), set_aside.outcome.reason
        assert set_aside.outcome.attempt == 2
        assert [*problems_of_the_record(site.home)] == []


def is_at_a_tile(site: Site) -> bool:
    """Whether the worker is in the middle of a study, as its signs of life say."""
    with closing(Pulse(site.home)) as pulse:
        signs = pulse.signs("worker")
    alive = {worker.pid for worker in site.workers()}
    return any(0.0 < step["share"] < 1.0 for sign in signs if sign.pid in alive for step in sign.facts["at_work"])
