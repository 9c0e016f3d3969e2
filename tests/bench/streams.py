"""Many streams watched at once: the test of `engine.monitor.jumper`, a step of all streams at a time.

`check` holds it against that module, stream by stream.
"""

from random import Random

import numpy as np

from engine.monitor.jumper import _BETS, JUMP, watch
from engine.monitor.report import alarm_limit

BEFORE, AFTER, STREAMS = 200, 200, 200
"""Studies of a stream before the change and after it, and how many streams are drawn."""

FALSE_STREAMS = 10_000


def first_alarms(streams, limit):
    """Index of the number at which each stream's wealth first reaches the limit; its length where it never does.

    Args:
        streams: (streams, length) float64.
        limit: of the wealth.
    """
    draw, length = Random(0), streams.shape[1]
    bets = np.array(_BETS)[:, None]
    stakes = np.full((len(bets), len(streams)), 1.0 / len(bets))
    first = np.full(len(streams), length)
    for step in range(length):
        before, now = streams[:, : step + 1], streams[:, step : step + 1]
        ranks = ((before < now).sum(axis=1) + draw.random() * (before == now).sum(axis=1)) / (step + 1)
        jumps = JUMP * stakes.sum(axis=0) / len(bets)
        stakes = ((1.0 - JUMP) * stakes + jumps) * (1.0 + bets * (ranks - 0.5))
        first = np.where((first == length) & (stakes.sum(axis=0) >= limit), step, first)
    return first


def check(streams, limit):
    """Raises AssertionError where the two differ."""
    for stream, first in zip(streams, first_alarms(streams, limit), strict=True):
        at = watch(stream.tolist(), limit).at
        assert first == (len(stream) if at is None else at)


def drawn(rng, table, count, length):
    """Studies drawn with replacement: by name (streams, length) of numbers that belong together.

    Args:
        rng: of the draws.
        table: by name the number of each study, in one order.
        count: streams.
        length: studies of each.
    """
    (studies,) = {len(column) for column in table.values()}
    chosen = rng.integers(0, studies, (count, length))
    return {name: np.asarray(column, float)[chosen] for name, column in table.items()}


def alarmed(numbers, limit):
    """Of each stream, the first study at which any of its numbers alarms; their length where none does."""
    return np.min([first_alarms(streams, limit) for streams in numbers.values()], axis=0)


def columns(founds, kind):
    """By name the number of each study that has any."""
    rows = [row for found in founds if (row := kind(found["numbers"]))]
    return {name: [row[name] for row in rows] for name in rows[0]} if rows else {}


def until(before, after):
    """Median number of altered studies until one of the numbers alarms."""
    if not before or not after:
        return ""
    rng = np.random.default_rng(0)
    was, came = drawn(rng, before, STREAMS, BEFORE), drawn(rng, after, STREAMS, AFTER)
    numbers = {name: np.concatenate([was[name], came[name]], axis=1) for name in was}
    for streams in numbers.values():
        check(streams[:2], alarm_limit())
    first = alarmed(numbers, alarm_limit())
    first = first[first >= BEFORE]
    middle = np.median(first) - BEFORE + 1
    return f"> {AFTER}" if middle > AFTER else f"{middle:.0f}"


def false_alarms(table):
    """Share of the streams of studies as they are in which any number alarms."""
    rng = np.random.default_rng(1)
    return np.mean(alarmed(drawn(rng, table, FALSE_STREAMS, BEFORE), alarm_limit()) < BEFORE)
