from engine.queue.locks import note_of, supervisor_lock, taken, worker_lock


def test_a_lock_is_held_by_one_and_freed_with_its_block(home):
    with (
        taken(worker_lock(home)) as first,
        taken(worker_lock(home)) as second,
        taken(supervisor_lock(home)) as other,
    ):
        assert first is not None
        assert second is None
        assert other is not None
    with taken(worker_lock(home)) as again:
        assert again is not None


def test_a_note_is_read_by_who_cannot_have_the_lock_and_by_the_next_who_has(home):
    path = worker_lock(home)
    assert note_of(path) == ""
    with taken(path) as lock:
        assert lock.read() == ""
        lock.note("w1 17 a much longer note than the next one")
        lock.note("w1 17 ended")
        assert note_of(path) == "w1 17 ended"
    with taken(path) as lock:
        assert lock.read() == "w1 17 ended"


def test_a_note_always_takes_the_same_room_so_that_a_full_disk_cannot_refuse_it(home):
    with taken(worker_lock(home)) as lock:
        lock.note("")
        size_bytes = worker_lock(home).stat().st_size
        lock.note("x" * 1000)
        assert worker_lock(home).stat().st_size == size_bytes == 256
