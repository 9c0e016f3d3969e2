import json

import pytest

from app.cli.main import main
from engine.places import Home
from engine.store.database import open_store
from tests.engine.export.studies import ct_series, kept, photograph


@pytest.fixture
def answered(home, tmp_path):
    with open_store(home) as store:
        kept(store, ct_series(tmp_path / "in" / "ct"))
        kept(store, photograph(tmp_path / "in" / "part.png"), signed=False)
    return home


def test_a_folder_is_made_and_told(answered, tmp_path, capsys):
    assert main(["export", "outcomes", "--out", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().out == f"2 records, 7 files: {tmp_path / 'out'}\n"
    assert (tmp_path / "out" / "regions.csv").exists()


def test_what_did_not_leave_is_told_at_once_and_in_the_exit_status(answered, tmp_path, capsys):
    assert main(["export", "sr", "--out", str(tmp_path / "out"), "--json"]) == 1
    told = capsys.readouterr()
    lines = [json.loads(line) for line in told.out.splitlines()]
    assert [line["name"] for line in lines if "name" in line][-1] == "seals.jsonl"
    assert [line["code"] for line in lines if "code" in line] == ["EX-NO-INSTANCE"]
    assert "EX-NO-INSTANCE: " in told.err
    assert "--wrap-photographs" in told.err


def test_photographs_are_wrapped_on_request(answered, tmp_path, capsys):
    assert main(["export", "sr", "--out", str(tmp_path / "out"), "--wrap-photographs"]) == 0
    assert len(list((tmp_path / "out" / "images").rglob("*.dcm"))) == 1


def test_outcomes_leave_as_lines_of_a_run_without_a_folder(answered, capsys):
    assert main(["export", "outcomes", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["status"], len(line["regions"])) for line in lines] == [("answered", 3)] * 2


@pytest.mark.parametrize("arguments", [["outcomes"], ["audit", "--json"], ["outcomes", "--json", "--deidentify"]])
def test_without_a_folder_nothing_else_leaves(answered, capsys, arguments):
    assert main(["export", *arguments]) == 2
    assert capsys.readouterr().err.startswith("US-EXPORT-OUT: ")


def test_times_are_those_of_this_machine_unless_they_say_otherwise(answered, tmp_path, capsys):
    for name, since in (("past", "2020-01-31"), ("future", "2999-01-31T06:00+00:00")):
        assert main(["export", "outcomes", "--since", since, "--out", str(tmp_path / name)]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["2", "0"]
    with pytest.raises(SystemExit) as ended:
        main(["export", "outcomes", "--since", "yesterday", "--out", str(tmp_path / "x")])
    assert ended.value.code == 2


def test_without_names_no_name_leaves(answered, tmp_path, capsys):
    assert main(["export", "sr", "--deidentify", "--wrap-photographs", "--out", str(tmp_path / "out")]) == 1
    assert "EX-BURNED-IN" in capsys.readouterr().err
    (path,) = (tmp_path / "out").glob("*.dcm")
    assert b"DOE" not in path.read_bytes()


def test_an_empty_home_exports_empty_tables(tmp_path, capsys):
    Home(tmp_path / "home").make()
    assert main(["export", "reviews", "--out", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "reviews.csv").read_text().startswith("arrival_id,attempt,version,operator,")
