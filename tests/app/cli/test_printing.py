import json

from app.cli.printing import print_error, print_json, print_table, printable
from engine.errors import InputError


def test_a_hostile_name_cannot_move_the_cursor_or_break_the_line():
    assert printable("a\x1b[2J\nb\udc80") == "a\\x1b[2J\\nb\\udc80"


def test_a_json_line_is_one_line_of_ascii(capsys):
    print_json({"source": "Prüfling\n7.png", "score": 0.25})
    out = capsys.readouterr().out
    assert out.isascii()
    assert out.count("\n") == 1
    assert json.loads(out) == {"source": "Prüfling\n7.png", "score": 0.25}


def test_a_table_has_columns_as_wide_as_their_content(capsys):
    print_table(("study", "ms"), [("a", "5"), ("longer", "1234")], right=[1])
    assert capsys.readouterr().out.splitlines() == ["study     ms", "------  ----", "a          5", "longer  1234"]


def test_an_error_is_told_with_code_sentence_and_next_step(capsys):
    print_error(InputError("IN-EMPTY", "a.png is empty.", "Copy it again."))
    captured = capsys.readouterr()
    assert captured.err == "IN-EMPTY: a.png is empty. Copy it again.\n"
    assert captured.out == ""
