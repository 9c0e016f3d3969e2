"""What changed, by source and model: inputs, answers, decisions and times of the studies that were looked at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.domain.source_change import BEGUN, SourceChange, standing_changes
from engine.monitor.jumper import Noticed, watch, watch_words
from engine.store.database import Store
from engine.store.sketches import (
    KINDS,
    PICTURES,
    WatchedSource,
    WatchedStudy,
    confirmed_shares,
    count_studies,
    watched_sources,
    watched_studies,
)
from engine.store.source_changes import every_change

FALSE_SHARE = 0.01
"""Share of the sources that raise any alarm at all, however long they are watched, while nothing of them changes."""

RUN = 5000
"""Studies of a source after which the test begins a new run, so that it never has to look at the whole record."""

SHARED = 1000
"""Studies that a run has in common with the one before, so that nothing is lost between two."""

About = Literal["inputs", "answers", "decisions"]

ANSWERS = ("answered", "unlike the training", "flagged", "regions", "best score", "seconds")
CONFIRMED = "confirmed regions"
ABOUT: dict[str, About] = {
    **dict.fromkeys((*PICTURES, *KINDS), "inputs"),
    **dict.fromkeys(ANSWERS, "answers"),
    CONFIRMED: "decisions",
}
"""What is watched of every study, and of reviewed ones the share of regions that a person let stand."""


@dataclass(frozen=True, slots=True)
class Watched:
    """One number of one population.

    Args:
        name: what is watched.
        weeks: its mean by ISO week, `2026-W05`, oldest first; of words the share of the commonest one.
        noticed: what the test says.
        since: when the study was recorded at which a change was noticed, UTC; None where none was.
    """

    name: str
    weeks: Mapping[str, float]
    noticed: Noticed
    since: datetime | None

    @property
    def about(self) -> About:
        """Which side of the work it tells of."""
        return ABOUT[self.name]


@dataclass(frozen=True, slots=True)
class Population:
    """The studies of one source that one version of a model looked at.

    Args:
        source: folder that they came from.
        model: `id version`.
        studies: how many, since the watch began.
        watched: each number of which there is any.
    """

    source: str
    model: str
    studies: int
    watched: tuple[Watched, ...]

    @property
    def changed(self) -> tuple[Watched, ...]:
        """The numbers that are not what they were."""
        return tuple(one for one in self.watched if one.since is not None)


@dataclass(frozen=True, slots=True)
class Begun:
    """What was recorded of the watch so far.

    Args:
        after: by source, the outcome after which the watch begins.
        since: by source and number, when a change was noticed that still stands.
    """

    after: Mapping[WatchedSource, int]
    since: Mapping[tuple[WatchedSource, str], datetime]

    @classmethod
    def of(cls, changes: Sequence[SourceChange]) -> Begun:
        """As of these, oldest first."""
        after = {WatchedSource(one.source, one.model): one.after for one in changes if one.cause == BEGUN}
        stand = standing_changes(changes)
        return cls(after, {(WatchedSource(one.source, one.model), one.what): one.since for one in stand if one.since})


def populations(store: Store, most: int | None = None) -> tuple[Population, ...]:
    """Watches each source and model by itself, those that changed first.

    Args:
        store: where from.
        most: looks at so many of each one's newest studies alone; None at all since the watch's newest run began.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    begun = Begun.of(every_change(store))
    found = [population(store, of, begun, most) for of in watched_sources(store)]
    return tuple(sorted(found, key=lambda one: (not one.changed, one.source, one.model)))


def population(store: Store, of: WatchedSource, begun: Begun, most: int | None = None) -> Population:
    """As `populations`, of one source and model."""
    after = begun.after.get(of, 0)
    count = count_studies(store, of, after)
    run = max(0, count - 1) // RUN if most is None else 0
    skip = max(0, run * RUN - SHARED) if most is None else max(0, count - most)
    studies = watched_studies(store, of, after, skip)
    shares = confirmed_shares(store, of, studies[0].outcome_id) if studies else ()
    limit = alarm_limit(run)
    watched = [
        *(_watched(name, _numbers(studies, name), limit) for name in PICTURES),
        *(_watched_words(name, _words(studies, name), limit) for name in KINDS),
        *(_watched(name, _numbers(studies, name), limit) for name in ANSWERS),
        _watched(CONFIRMED, shares, limit),
    ]
    if most is None:
        watched = [_still(one, begun.since.get((of, one.name))) for one in watched]
    kept = tuple(one for one in watched if one.noticed.numbers or one.since)
    return Population(of.source, of.model, count if most is None else len(studies), kept)


def alarm_limit(run: int = 0) -> float:
    """The wealth from which a change is told: each number and each run has its share of the false alarms.

    Args:
        run: counted from 0; run k may raise 1 / (k + 1) (k + 2) of them, which is all of them over all runs.
    """
    return len(ABOUT) * (run + 1) * (run + 2) / FALSE_SHARE


def _still(one: Watched, since: datetime | None) -> Watched:
    """What was noticed stays so."""
    return one if since is None else Watched(one.name, one.weeks, one.noticed, since)


def _numbers(studies: Sequence[WatchedStudy], name: str) -> list[tuple[datetime, float]]:
    return [(one.recorded_at, one.numbers[name]) for one in studies if name in one.numbers]


def _words(studies: Sequence[WatchedStudy], name: str) -> list[tuple[datetime, str]]:
    return [(one.recorded_at, one.kinds[name]) for one in studies if name in one.kinds]


def _watched(name: str, numbers: Sequence[tuple[datetime, float]], limit: float) -> Watched:
    return _by_week(name, numbers, watch([number for _, number in numbers], limit))


def _watched_words(name: str, words: Sequence[tuple[datetime, str]], limit: float) -> Watched:
    ((commonest, _),) = Counter(word for _, word in words).most_common(1) or [("", 0)]
    numbers = [(at, float(word == commonest)) for at, word in words]
    return _by_week(name, numbers, watch_words([word for _, word in words], limit))


def _by_week(name: str, numbers: Sequence[tuple[datetime, float]], noticed: Noticed) -> Watched:
    weeks: defaultdict[str, list[float]] = defaultdict(list)
    for at, number in numbers:
        year, week, _ = at.isocalendar()
        weeks[f"{year}-W{week:02d}"].append(number)
    since = None if noticed.at is None else numbers[noticed.at][0]
    return Watched(name, {week: sum(some) / len(some) for week, some in weeks.items()}, noticed, since)
