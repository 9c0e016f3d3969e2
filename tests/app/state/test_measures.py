"""Measures as people read them."""

import pytest

from app.state.measures import measured, size_of
from engine.domain.region import Measure


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (Measure("longest diameter", 8.37, "mm"), "8.4 mm"),
        (Measure("longest diameter", 123.4, "mm"), "123 mm"),
        (Measure("volume", 1234.5, "mm3"), "1,234 mm³"),
        (Measure("mean", -34.4, "[hnsf'U]"), "-34 HU"),
        (Measure("mean", -0.2, "[hnsf'U]"), "0 HU"),
        (Measure("mean", 99.96, "1"), "100.0"),
        (Measure("uptake", 2.5, "g/ml"), "2.5 g/ml"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_measure_is_rounded_and_has_its_unit(measure, words):
    assert measured(measure) == words


def test_size_is_the_first_length():
    length = Measure("longest diameter", 8.0, "mm")
    assert size_of((Measure("volume", 300.0, "mm3"), length, Measure("short axis", 5.0, "mm"))) is length
    assert size_of(()) is None
