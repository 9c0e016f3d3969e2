"""One soak: full load on a real site, measured while it goes on, judged at its end."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from engine.places import Home
from tests.crash.answers import connected, problems_of_the_record
from tests.crash.site import Site
from tests.soak.judge import Held, Latency, judge
from tests.soak.load import Load
from tests.soak.measure import Sample, sample

_SAMPLE_S = 2.0
_RENEW_S = 0.1
_SETTLED_S = 60.0
"""Of the time that is measured: until buffers are filled."""

_BUDGET_S = "3600"
"""No deadline passes, so files are answered as they came, and latency is what the machine takes. With deadlines that a
slow machine cannot keep, those that are late already stand behind the others, and the 99th percentile tells how long
they do, which goes up and down for no reason of wear."""

_STARTED_WITHIN_S = 300.0
"""Until programs have started, models are loaded and every kind of file was answered; only then the time begins."""


@dataclass(frozen=True, slots=True)
class Soaked:
    """What a soak has shown.

    Args:
        answers: how many files were answered.
        seconds: how long it went on.
        held: the quantities in both thirds.
        failures: what was not as it must be besides.
    """

    answers: int
    seconds: float
    held: tuple[Held, ...]
    failures: tuple[str, ...]

    @property
    def is_kept(self) -> bool:
        return not self.failures and all(one.is_kept for one in self.held)


def soak(root: Path, seconds: float, seed: int) -> Soaked:
    """Keeps a site under full load for so long.

    Args:
        root: a folder for it, new.
        seconds: how long.
        seed: decides which files come when.
    """
    with Site.open(root, watching=[("--routing", "move", "--budget", _BUDGET_S)]) as site:
        load = Load(site.watched[0].folder, site.outside, seed)
        load.renew()
        site.start()
        _wait_until_all_have_answered(load)
        began_at, began_s = datetime.now(UTC), time.monotonic()
        samples: list[Sample] = []
        while (now_s := time.monotonic() - began_s) < seconds:
            load.renew()
            if now_s >= len(samples) * _SAMPLE_S:
                samples.append(sample(site.home, now_s))
            time.sleep(_RENEW_S)
        left = site.stop()
        latencies = _latencies(site.home, began_at)
        failures = [f"left after it: {process}" for process in left]
        failures += problems_of_the_record(site.home)
        if load.moved_away > len(latencies):
            failures.append(f"{load.moved_away} files were moved away, {len(latencies)} answered")
    held = judge(samples, latencies, min(_SETTLED_S, seconds / 3), seconds)
    return Soaked(len(latencies), seconds, held, tuple(failures))


def _wait_until_all_have_answered(load: Load) -> None:
    # Nothing is thrown in meanwhile: the time that is measured begins with every model loaded and kernels compiled.
    end_s = time.monotonic() + _STARTED_WITHIN_S
    while not load.every_kind_was_answered:
        if time.monotonic() > end_s:
            raise TimeoutError(f"not every sample was answered within {_STARTED_WITHIN_S:g} s of the start")
        time.sleep(_RENEW_S)


def _latencies(home: Home, began_at: datetime) -> list[Latency]:
    with closing(connected(home)) as database:
        rows = database.execute(_TIMES).fetchall()
    times = ((datetime.fromisoformat(arrived), datetime.fromisoformat(recorded)) for arrived, recorded in rows)
    return [
        Latency((recorded - began_at).total_seconds(), (recorded - arrived).total_seconds())
        for arrived, recorded in times
    ]


_TIMES = "SELECT arrived_at, recorded_at FROM outcomes JOIN arrivals ON arrivals.id = arrival_id ORDER BY outcomes.id"
