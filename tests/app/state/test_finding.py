"""Finding a command by a few letters."""

from app.state.finding import matching

TITLES = [
    ("open", "Open files"),
    ("fit", "Fit to the window"),
    ("flip", "Flip left and right"),
    ("find", "Find a command"),
]


def test_letters_next_to_each_other_come_first():
    assert matching("fi", TITLES)[:2] == ["fit", "find"]


def test_beginnings_of_words_find_a_title():
    assert matching("flr", TITLES)[0] == "flip"


def test_any_case_and_spaces_do_not_count():
    assert matching("OPEN FI", TITLES) == ["open"]


def test_nothing_typed_lists_all_in_their_order():
    assert matching(" ", TITLES) == ["open", "fit", "flip", "find"]


def test_letters_that_no_title_has_find_nothing():
    assert matching("xyz", TITLES) == []
