"""The lock of the compiled kernels: one at a time, and no wait without end."""

import threading
import time

import pytest

from kernels.cache_lock import alone_in_the_cache


@pytest.fixture(autouse=True)
def _cache(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "cache"))


def test_second_one_waits_until_the_first_one_is_done():
    order, begun = [], threading.Event()

    def second():
        begun.set()
        with alone_in_the_cache():
            order.append("second")

    with alone_in_the_cache():
        other = threading.Thread(target=second)
        other.start()
        begun.wait(10)
        time.sleep(0.2)
        order.append("first")
    other.join(10)
    assert order == ["first", "second"]


def test_nobody_waits_for_ever_for_one_that_hangs():
    began_s = time.monotonic()
    with alone_in_the_cache(), alone_in_the_cache(longest_wait_s=0.3):
        waited_s = time.monotonic() - began_s
    assert 0.3 <= waited_s < 10


def test_lock_is_free_again_after_an_error():
    with pytest.raises(ZeroDivisionError), alone_in_the_cache():
        raise ZeroDivisionError
    began_s = time.monotonic()
    with alone_in_the_cache(longest_wait_s=10.0):
        waited_s = time.monotonic() - began_s
    assert waited_s < 5


def test_without_a_cache_there_is_nothing_to_wait_for(monkeypatch, tmp_path):
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    with alone_in_the_cache(), alone_in_the_cache():
        assert not list(tmp_path.iterdir())
