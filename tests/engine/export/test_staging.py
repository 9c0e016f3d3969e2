import json
import multiprocessing
import stat

import pytest

from engine.errors import ExportError
from engine.export.journal import Piece, Refused
from engine.export.staging import staging, write_file
from tests.engine.hand_clock import HandClock

PLAN = {"kind": "outcomes"}


@pytest.fixture
def out(tmp_path):
    return tmp_path / "made"


def begin(out, plan=PLAN):
    return staging(out, plan, HandClock())


def test_export_appears_as_a_whole_and_leaves_nothing_beside_it(out):
    with begin(out) as stage:
        write_file(stage.content / "a.csv", b"1")
        assert not out.exists()
        stage.publish()
    assert sorted(path.name for path in out.parent.iterdir()) == ["made"]
    assert (out / "a.csv").read_bytes() == b"1"


def test_stopped_export_goes_on_where_it_stopped(out):
    with begin(out) as stage:
        stage.add(Piece(7, 2, (Refused("x-1", "EX-NOTHING", "why"),)))
        first = (stage.id, stage.started_at)
    with begin(out) as again:
        assert (again.id, again.started_at) == first
        assert again.done == [Piece(7, 2, (Refused("x-1", "EX-NOTHING", "why"),))]
        assert again.after == 7


@pytest.mark.parametrize("torn", [b'{"after": 9, "records": 1, "ref', b'{"after": 9}\n', b"\xff\xff\n", b"[]\n"])
def test_torn_end_of_the_journal_is_done_again(out, torn):
    with begin(out) as stage:
        stage.add(Piece(7, 2))
        journal = stage.folder / "journal.jsonl"
    with journal.open("ab") as file:
        file.write(torn)
    with begin(out) as again:
        assert again.done == [Piece(7, 2)]
        again.add(Piece(9, 1))
    assert [json.loads(line)["after"] for line in journal.read_text().splitlines()] == [7, 9]


def test_another_request_does_not_go_on_with_a_stopped_export(out):
    with begin(out):
        pass
    with pytest.raises(ExportError, match="asked for in another way") as refused, begin(out, {"kind": "audit"}):
        pass
    assert refused.value.code == "EX-OUT-OTHER"


def test_a_folder_with_something_in_it_is_left_alone(out):
    out.mkdir()
    (out / "mine.txt").write_text("kept")
    with pytest.raises(ExportError) as refused, begin(out):
        pass
    assert refused.value.code == "EX-OUT-TAKEN"
    assert [path.name for path in out.parent.iterdir()] == ["made"]


def test_an_empty_folder_becomes_the_export(out):
    out.mkdir()
    with begin(out) as stage:
        write_file(stage.content / "a", b"")
        stage.publish()
    assert (out / "a").exists()


def hold(out, held, release):
    with begin(out):
        held.set()
        release.wait(60)


def test_a_second_process_is_told_that_one_is_at_work(out):
    context = multiprocessing.get_context("spawn")
    held, release = context.Event(), context.Event()
    other = context.Process(target=hold, args=(out, held, release))
    other.start()
    try:
        assert held.wait(60)
        with pytest.raises(ExportError) as refused, begin(out):
            pass
        assert refused.value.code == "EX-OUT-BUSY"
    finally:
        release.set()
        other.join()


def test_a_place_that_cannot_be_written_says_so(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError) as refused, begin(tmp_path / "file" / "out"):
        pass
    assert refused.value.code == "EX-OUT"


def test_everything_is_readable_by_its_owner_only(out):
    with begin(out) as stage:
        write_file(stage.content / "images" / "a.dcm", b"1")
        stage.publish()
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (out, *out.rglob("*"))}
    assert modes == {"made": 0o700, "images": 0o700, "a.dcm": 0o600}
