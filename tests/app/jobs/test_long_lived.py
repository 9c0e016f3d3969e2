"""What was loaded at the start is not gone through again by the garbage collector."""

import gc
import weakref

import pytest

from app.jobs.long_lived import leave_alone_what_is_loaded


@pytest.fixture(autouse=True)
def as_before():
    yield
    gc.unfreeze()


class Ring:
    """Holds itself."""

    def __init__(self):
        self.itself = self


def test_collector_passes_over_what_is_loaded_and_collects_what_comes_later():
    loaded = len(gc.get_objects())
    leave_alone_what_is_loaded()
    assert len(gc.get_objects()) < loaded / 50
    ring = weakref.ref(Ring())
    gc.collect()
    assert ring() is None


def test_it_is_done_once():
    leave_alone_what_is_loaded()
    first = gc.get_freeze_count()
    later = [Ring() for _ in range(1000)]
    leave_alone_what_is_loaded()
    assert gc.get_freeze_count() < first + len(later)
