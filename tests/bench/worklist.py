"""The worklist over 1,000,000 studies and 3,000,000 regions: each filter, beside one query of raw sqlite3.

Run: python -m tests.bench.worklist [--studies N]
"""

import argparse
import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.audit.log import utc_text
from engine.domain.outcome import Status
from engine.places import Home
from engine.store.database import open_store
from engine.store.wanted import Wanted
from engine.store.worklist import page

ROUNDS = 21
CHUNK = 50_000
START = datetime(2026, 1, 1, tzinfo=UTC)
MODELS = ("surface-pitting 1.0.0", "surface-pitting 1.1.0", "screws 2.1.0", "lung-nodules 1.0.0")
_RAW = """
    SELECT o.id, o.recorded_at, a.source, o.status, o.flagged, o.model FROM outcomes o
    JOIN arrivals a ON a.id = o.arrival_id ORDER BY o.id DESC LIMIT 100
"""


def fill(connection, studies, regions=3):
    """Rows as the program writes them, without the log: what is measured here is reading."""
    for first in range(0, studies, CHUNK):
        numbers = range(first, min(studies, first + CHUNK))
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO arrivals VALUES (?, ?, ?, NULL, 1)", map(_arrival, numbers))
        connection.executemany("INSERT INTO studies VALUES (?, ?, 'photograph', 'photo', ?)", map(_study, numbers))
        connection.executemany(
            "INSERT INTO outcomes VALUES (?, ?, 1, ?, ?, ?, ?, '', '', ?, '[]', 1, 1, 1, 1, 1, 5, ?, 'hash', 'cpu', "
            "'full', NULL, '0.1.0', NULL, x'00')",
            map(_outcome, numbers),
        )
        connection.executemany(
            "INSERT INTO regions VALUES (?, ?, 'pitting', ?, 'sure', NULL, 1.0, 2.0, NULL, 3.0, 4.0, NULL, NULL, NULL)",
            ((number + 1, place, 0.9 - place / 100) for number in numbers for place in range(regions)),
        )
        connection.execute("COMMIT")


def _at(number):
    return utc_text(START + timedelta(seconds=number))


def _arrival(number):
    return f"{number * 2654435761 % (1 << 64):032x}", f"/in/line {number % 7}/part-{number:07d}.png", _at(number)


def _study(number):
    return number + 1, f"{number * 40503 % (1 << 64):064x}", f"/in/line {number % 7}/part-{number:07d}.png"


def _outcome(number):
    status = "failed" if number % 1000 == 17 else "refused" if number % 50 == 3 else "answered"
    flagged = number % 10 == 0 if status == "answered" else None
    coverage = 1.0 if status == "answered" else 0.0
    arrival_id = f"{number * 2654435761 % (1 << 64):032x}"
    return number + 1, arrival_id, number + 1, _at(number), status, flagged, coverage, MODELS[number % 4]


def _cases(studies):
    middle = START + timedelta(seconds=studies // 2)
    return {
        "everything": Wanted(),
        "failed": Wanted(status=Status.FAILED),
        "flagged": Wanted(flagged=True),
        "one model, flagged": Wanted(model="screws 2.1.0", flagged=True),
        "before the middle": Wanted(until=middle),
        "an hour in the middle": Wanted(since=middle, until=middle + timedelta(hours=1)),
        "text of one": Wanted(text=f"part-{studies // 3:07d}"),
        "text of a seventh": Wanted(text="line 3"),
        "text of none": Wanted(text="no such part"),
        "text, failed": Wanted(text="line 3", status=Status.FAILED),
        "text, flagged, half": Wanted(text="line 2", flagged=True, until=middle),
    }


def _ms(work):
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--studies", type=int, default=1_000_000)
    studies = parser.parse_args().studies
    with tempfile.TemporaryDirectory() as folder, open_store(Home(Path(folder) / "home")) as store:
        with closing(sqlite3.connect(store.home.database, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            fill(connection, studies)
            raw = statistics.median(_ms(lambda: connection.execute(_RAW).fetchall()) for _ in range(ROUNDS))
        print(f"raw sqlite3, newest 100     {raw:8.2f} ms")
        print(f"index of sources, first use {_ms(lambda: page(store, Wanted(text='no such'))) / 1000:8.1f} s")
        for name, wanted in _cases(studies).items():
            times = sorted(_ms(lambda wanted=wanted: page(store, wanted)) for _ in range(ROUNDS))
            after = _after_nine_pages(store, wanted)
            deep = _ms(lambda wanted=wanted, after=after: page(store, wanted, after))
            print(f"{name:27s} {statistics.median(times):8.2f} ms   slowest {times[-1]:8.2f}   page 10 {deep:8.2f}")


def _after_nine_pages(store, wanted):
    after = None
    for _ in range(9):
        lines = page(store, wanted, after)
        if not lines:
            return after
        after = lines[-1].after
    return after


if __name__ == "__main__":
    main()
