"""The pictures kept in memory."""

from dataclasses import dataclass

from app.state.recent_pictures import RecentPictures


@dataclass(frozen=True)
class Block:
    size_bytes: int


def test_oldest_picture_goes_when_memory_is_full():
    kept = RecentPictures(100, 8)
    for name in "abc":
        kept.put(name, Block(40))
    assert kept.get("a") is None
    assert kept.get("b") == Block(40)
    assert kept.get("c") == Block(40)


def test_picture_that_was_looked_at_stays_longer():
    kept = RecentPictures(100, 8)
    kept.put("a", Block(40))
    kept.put("b", Block(40))
    kept.get("a")
    kept.put("c", Block(40))
    assert kept.get("a") is not None
    assert kept.get("b") is None


def test_picture_larger_than_the_limit_is_kept_alone():
    kept = RecentPictures(100, 8)
    kept.put("a", Block(40))
    kept.put("huge", Block(1000))
    assert kept.get("huge") == Block(1000)
    assert len(kept) == 1


def test_picture_put_again_counts_once():
    kept = RecentPictures(100, 8)
    kept.put("a", Block(40))
    kept.put("a", Block(60))
    kept.put("b", Block(40))
    assert len(kept) == 2


def test_no_more_than_a_few_are_kept_however_small():
    kept = RecentPictures(100, 2)
    for name in "abc":
        kept.put(name, Block(1))
    assert (len(kept), kept.get("a")) == (2, None)
