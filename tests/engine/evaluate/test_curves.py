import re
from xml.etree import ElementTree as ET

from engine.evaluate.calibration import calibration
from engine.evaluate.curves import calibration_plot, froc_plot
from engine.evaluate.figures import figures
from engine.evaluate.froc import FALSE_REGIONS
from engine.evaluate.match import match_all
from tests.engine.evaluate.cases import case, random_cases


def dots(svg):
    assert ET.fromstring(svg).tag == "svg"  # noqa: S314  # our own text
    return [(float(x), float(y)) for x, y in re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', svg)]


def test_sensitivity_never_falls_along_the_curve_and_the_shipped_threshold_crosses_it():
    found = figures(random_cases(3), 0.6, hit_iou=0.33, seed=1)
    svg = froc_plot(found, FALSE_REGIONS, "image")
    points = dots(svg)
    assert len(points) == len(FALSE_REGIONS)
    assert [x for x, _ in points] == sorted({x for x, _ in points})
    assert [y for _, y in points] == sorted((y for _, y in points), reverse=True)
    assert svg.count("stroke-dasharray") == (2 if 0.125 <= found.at.false_per_image <= 8.0 else 0)
    assert svg.count("<path") >= 1 + len(FALSE_REGIONS)


def test_a_set_with_nothing_to_find_has_no_curve():
    nothing = figures([case([], [[0, 0, 9, 9, 0.7]])], 0.5, hit_iou=0.33, seed=1)
    assert froc_plot(nothing, FALSE_REGIONS, "image") == ""
    assert calibration_plot(calibration((), 0.1)) == ""


def test_scores_that_are_worth_less_than_they_say_lie_below_the_line():
    found, away = [0, 0, 10, 10], [50, 50, 60, 60]
    hits = match_all([case([found], [[*found, 0.95], [*away, 0.95]])], 0.33)
    ((x, y),) = dots(calibration_plot(calibration(hits, 0.1)))
    ((_, y_equal),) = dots(calibration_plot(calibration(match_all([case([found], [[*found, 0.95]])], 0.33), 0.1)))
    assert x > 400
    assert y > y_equal
