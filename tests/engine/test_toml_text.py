"""Settings written as TOML and read back."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.toml_text import toml_of

SINGLE = st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
TEXT = st.text(st.characters(blacklist_categories=("Cs",)), max_size=20)
NAMES = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True)
VALUES = SINGLE | TEXT | st.lists(TEXT, max_size=3)
TABLES = st.dictionaries(NAMES, VALUES, max_size=4)


@given(TABLES, st.lists(TABLES.filter(bool), min_size=1, max_size=3))
def test_what_is_written_reads_back_as_the_same(shared, folders):
    table = {name: value for name, value in shared.items() if name not in ("folder", "retention")}
    table |= {"retention": {"pixels_days": 30.0}, "folder": folders}
    assert tomllib.loads(toml_of(table)) == table


def test_nothing_is_an_empty_file():
    assert tomllib.loads(toml_of({})) == {}


def test_value_that_no_setting_has_is_refused():
    with pytest.raises(TypeError, match="no setting is a object"):
        toml_of({"x": object()})
