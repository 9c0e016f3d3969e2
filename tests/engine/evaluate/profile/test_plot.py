import re
from xml.etree import ElementTree as ET

from engine.evaluate.interval import Interval
from engine.evaluate.profile.plot import Point, figure_plot

NAN = float("nan")


def places(svg):
    """Centres of the points by their number."""
    numbers = re.findall(r'cx="([\d.]+)" cy="([\d.]+)".*?>(\d+)</text>', svg)
    return {int(number): (float(x), float(y)) for x, y, number in numbers}


def test_slower_lies_to_the_right_and_better_above():
    points = [
        Point(1, True, 0.1, 0.12, Interval(0.9, 0.8, 0.95)),
        Point(2, False, 0.4, 0.6, Interval(0.95, 0.85, 1.0)),
        Point(3, False, 0.025, 0.03, Interval(0.7, 0.6, 0.8)),
    ]
    svg = figure_plot("AP & more", points)
    assert ET.fromstring(svg).tag.endswith("svg")  # noqa: S314  # our own text
    assert "AP &amp; more" in svg
    at = places(svg)
    assert at[3][0] < at[1][0] < at[2][0]
    assert at[2][1] < at[1][1] < at[3][1]
    # By the logarithm of time: four times as slow is as far whatever it begins with.
    assert abs((at[2][0] - at[1][0]) - (at[1][0] - at[3][0])) < 0.2
    assert all(0.0 <= x <= 460.0 and 0.0 <= y <= 300.0 for x, y in at.values())


def test_a_figure_that_is_no_number_has_no_place():
    known, unknown = Interval(0.9, NAN, NAN), Interval(NAN, NAN, NAN)
    assert figure_plot("AP", [Point(1, True, 0.1, 0.1, unknown)]) == ""
    assert list(places(figure_plot("AP", [Point(1, True, 0.1, 0.1, known), Point(2, True, 0.1, 0.1, unknown)]))) == [1]
