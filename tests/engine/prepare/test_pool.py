"""The row pool: every row once, split by shape, errors come back, threads end."""

import os
import subprocess
import sys
import threading

import pytest

from engine.prepare.pool import CHUNK_VALUES, SERIAL_BELOW_VALUES, RowPool, row_chunks, usable_cores


@pytest.mark.parametrize(("rows", "values_a_row"), [(1, 1), (7, CHUNK_VALUES), (1000, 3000), (3, 10**9), (5000, 0)])
def test_chunks_cover_every_row_once_in_order(rows: int, values_a_row: int) -> None:
    chunks = row_chunks(rows, values_a_row)
    assert [row for row0, row1 in chunks for row in range(row0, row1)] == list(range(rows))
    assert all(row1 > row0 for row0, row1 in chunks)


def test_no_rows_have_no_chunks() -> None:
    assert row_chunks(0, 100) == []


@pytest.mark.parametrize("threads", [1, 2, 3, 8])
def test_every_row_is_done_once_with_any_number_of_threads(threads: int) -> None:
    done: list[int] = []
    with RowPool(threads) as pool:
        pool.run(lambda row0, row1: done.extend(range(row0, row1)), 1500, 4000)
    assert sorted(done) == list(range(1500))


def test_small_work_stays_on_the_calling_thread_in_one_piece() -> None:
    calls: list[tuple[int, int, int]] = []
    with RowPool(3) as pool:
        pool.run(lambda row0, row1: calls.append((row0, row1, threading.get_ident())), 9, SERIAL_BELOW_VALUES // 10)
    assert calls == [(0, 9, threading.get_ident())]


def test_large_work_is_shared_with_helpers() -> None:
    both = threading.Barrier(2, timeout=20)
    names: set[str] = set()
    met = threading.Event()

    def work(row0: int, row1: int) -> None:
        names.add(threading.current_thread().name)
        if not met.is_set():
            both.wait()
            met.set()

    with RowPool(2) as pool:
        pool.run(work, 2000, 10_000)
    assert len(names) == 2


def test_an_error_on_any_thread_comes_back_and_the_pool_stays_usable() -> None:
    def fails(row0: int, row1: int) -> None:
        if row0 >= 700:
            raise ValueError("row 700")

    with RowPool(3) as pool:
        with pytest.raises(ValueError, match="row 700"):
            pool.run(fails, 1500, 4000)
        done: list[int] = []
        pool.run(lambda row0, row1: done.extend(range(row0, row1)), 1500, 4000)
    assert len(done) == 1500


def test_work_may_itself_use_the_pool() -> None:
    done: list[int] = []
    with RowPool(2) as pool:

        def nested(row0: int, row1: int) -> None:
            pool.run(lambda a, b: done.extend(range(a, b)), 300 * (row1 - row0), 4000)

        pool.run(nested, 40, CHUNK_VALUES)
    assert len(done) == 40 * 300


def test_threads_end_with_the_context() -> None:
    before = threading.active_count()
    with RowPool(4) as pool:
        pool.run(lambda *_: None, 1500, 4000)
    assert threading.active_count() == before
    done: list[int] = []
    pool.run(lambda row0, row1: done.extend(range(row0, row1)), 1500, 4000)
    assert done == list(range(1500))


def test_only_the_cores_of_this_process_count() -> None:
    one = next(iter(os.sched_getaffinity(0)))
    script = f"""
import os
os.sched_setaffinity(0, [{one}])
from engine.prepare.pool import RowPool
print(RowPool().threads)
"""
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "1"
    assert usable_cores() == len(os.sched_getaffinity(0))
