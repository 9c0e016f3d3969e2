"""A durable unit (outcome, five regions, audit entry) beside a bare durable SQLite commit, in one interleaved run.

Run: python -m tests.bench.record
"""

import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from pathlib import Path

from engine.places import Home
from engine.store.database import open_store
from engine.store.outcomes import newest, record
from engine.store.verify import verify
from tests.engine.store.answers import answered, arrival, photograph, spot

ROUNDS = 1000


def _bare(connection):
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO t (a) VALUES ('x')")
    connection.execute("COMMIT")


def _answer():
    came = arrival()
    return came, photograph(), answered(came, [spot()] * 5)


def _ms(work, *arguments):
    start = time.perf_counter()
    work(*arguments)
    return (time.perf_counter() - start) * 1000


def main():
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(Home(Path(folder) / "home")) as store,
        closing(sqlite3.connect(Path(folder) / "bare.db", isolation_level=None)) as connection,
    ):
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE t (a)")
        times = [(_ms(_bare, connection), _ms(record, store, *_answer())) for _ in range(ROUNDS)]
        bare, unit = (statistics.median(column) for column in zip(*times, strict=True))
        least_bare, least_unit = (sorted(column)[ROUNDS // 10] for column in zip(*times, strict=True))
        page = statistics.median(_ms(lambda opened: newest(opened, 100), store) for _ in range(20))
        check = _ms(verify, store)
    print(f"bare durable commit         {bare:8.3f} ms")
    print(f"outcome, 5 regions, entry   {unit:8.3f} ms   {unit / bare:.2f}x the bare commit")
    print(f"the quickest tenth          {least_bare:8.3f} and {least_unit:.3f} ms   {least_unit / least_bare:.2f}x")
    print(f"newest page of 100          {page:8.3f} ms")
    print(f"verify {ROUNDS} outcomes        {check:8.1f} ms")


if __name__ == "__main__":
    main()
