from contextlib import closing

from engine.store.changes import Changes
from engine.store.database import open_store
from engine.store.outcomes import newest, record
from tests.engine.store.answers import arrival, refused


def test_a_commit_of_anybody_is_noticed_once(home, store):
    with closing(Changes(store)) as changes, open_store(home) as elsewhere:
        assert changes.seen()
        assert not changes.seen()
        for writer in (store, elsewhere):
            came = arrival()
            record(writer, came, None, refused(came))
            assert changes.seen()
            assert not changes.seen()


def test_reading_is_no_change(store):
    with closing(Changes(store)) as changes:
        changes.seen()
        newest(store, 10)
        assert not changes.seen()
