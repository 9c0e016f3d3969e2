"""Settings of the site, typed as text."""

import pytest

from app.state.site_fields import FOLDER, RECEIVER, Field, table_of, text_of, value_of


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("text", " a b ", "a b"),
        ("number", "5", 5),
        ("number", "0.25", 0.25),
        ("number", "soon", "soon"),
        ("whole", "7", 7),
        ("names", "CT1, CT2 ,", ["CT1", "CT2"]),
        ("switch", "true", True),
    ],
)
def test_typed_text_becomes_what_the_file_holds(kind, typed, value):
    assert value_of(Field("x", "X", kind), typed) == value


def test_what_the_form_does_not_show_stays_and_what_is_empty_goes():
    stored = {"path": "/old", "settle_s": 2.0, "model": "nuclei"}
    assert table_of(FOLDER, {"path": "/new", "model": " "}, stored) == {"path": "/new", "settle_s": 2.0}


def test_value_of_the_file_is_shown_as_it_would_be_typed():
    assert [text_of(each) for each in (True, 0.5, 10.0, ["A", "B"], "x")] == ["true", "0.5", "10", "A, B", "x"]


def test_every_field_is_a_setting_of_its_file():
    from engine.network.settings import SETTINGS as OF_RECEIVER  # noqa: PLC0415 -- only here the engine is needed
    from engine.queue.watch.settings import SETTINGS as OF_FOLDER  # noqa: PLC0415

    assert {field.name for field in FOLDER} <= set(OF_FOLDER)
    assert {field.name for field in RECEIVER} <= set(OF_FOLDER) | set(OF_RECEIVER)
