"""Preferences: each value checked by itself."""

import pytest

from app.state.preferences import CHECKS, Preferences, Preferred, preferences_of, stored_form


def test_what_is_stored_comes_back():
    kept = Preferences("light", 150, "de", next_by_itself=False, drag_up="darker", keys={"invert": ("Shift+I",)})
    assert preferences_of(stored_form(kept)) == kept


def test_every_preference_is_checked():
    assert set(CHECKS) == set(stored_form(Preferences()))


@pytest.mark.parametrize(
    ("name", "value"),
    [("theme", "pink"), ("text_percent", 90), ("text_percent", "100"), ("next_by_itself", 1), ("keys", ["I"])],
)
def test_odd_value_is_refused_and_costs_nothing_else(name, value):
    preferred = Preferred()
    with pytest.raises(ValueError, match=r".+"):
        preferred.set(**{name: value})
    assert preferred.now == Preferences()
    assert preferences_of({"language": "de", name: value}) == Preferences(language="de")


def test_keys_of_commands_that_there_are_no_more_are_forgotten():
    assert preferences_of({"keys": {"gone": ["X"], "invert": ["Y"]}}).keys == {"invert": ("Y",)}


def test_only_a_change_is_told():
    preferred = Preferred()
    told = []
    preferred.changed.listen(told.append)
    preferred.set(theme="dark")
    preferred.set(theme="light", text_percent=200)
    assert told == [Preferences(theme="light", text_percent=200)]


@pytest.mark.parametrize("stored", [None, [], "text", 7])
def test_what_is_no_table_is_as_nothing(stored):
    assert preferences_of(stored) == Preferences()
