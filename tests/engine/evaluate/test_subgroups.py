import math
from dataclasses import replace

import pytest

from engine.errors import UsageError
from engine.evaluate.facts import ImageFacts
from engine.evaluate.subgroups import parts
from tests.engine.evaluate.cases import case, random_cases


def facts(brightness=0.5, source="", **columns):
    return ImageFacts(source, brightness, columns)


def cut(cases, of, *columns):
    return parts(cases, of, 0.5, hit_iou=0.5, seed=1, columns=columns)


def test_parts_come_worst_first_and_those_without_findings_last():
    found, missed = case([[0, 0, 9, 9]], [[0, 0, 9, 9, 0.9]]), case([[0, 0, 9, 9]], [[20, 20, 29, 29, 0.8]])
    clean = case([], [[0, 0, 9, 9, 0.7]])
    of = [facts(scanner="B"), facts(scanner="C"), facts(scanner="A")]
    rows = cut([found, missed, clean], of, "scanner")
    assert [(row.value, row.sensitivity.value, row.false_per_image) for row in rows[:2]] == [("C", 0, 1), ("B", 1, 0)]
    assert (rows[2].value, math.isnan(rows[2].sensitivity.value), rows[2].false_per_image) == ("A", True, 1)
    assert not rows[0].enough


def test_all_findings_are_told_apart_by_size_and_none_is_lost():
    cases = random_cases(3)
    whole = sum(int((~one.crowd).sum()) for one in cases)
    rows = cut(cases, [facts()] * len(cases), "size")
    assert len(rows) == 3
    assert sum(row.findings for row in rows) == whole
    assert max(row.findings for row in rows) - min(row.findings for row in rows) <= 2
    assert all(row.enough for row in rows)


def test_a_small_finding_that_is_missed_shows_in_its_size():
    cases = [
        replace(
            case(
                [[0, 0, 4, 4], [20, 20, 60, 60], [70, 70, 170, 170]], [[20, 20, 60, 60, 0.9], [70, 70, 170, 170, 0.9]]
            ),
            group=str(number),
        )
        for number in range(5)
    ]
    rows = cut(cases, [facts()] * 5, "size")
    assert rows[0].value.startswith("4 to")
    assert [row.sensitivity.value for row in rows] == [0.0, 1.0, 1.0]


def test_brightness_is_cut_into_parts_with_equally_many_images_and_unread_ones_are_named():
    cases = [case([[0, 0, 9, 9]], [[0, 0, 9, 9, 0.9]])] * 7
    rows = cut(cases, [facts(value / 10) for value in range(1, 7)] + [facts(None)], "brightness")
    assert sorted((row.value, row.images) for row in rows) == [
        ("0.1 to 0.267", 2),
        ("0.267 to 0.433", 2),
        ("0.433 to 0.6", 2),
        ("not known", 1),
    ]


def test_a_scanner_is_that_of_the_annotations_else_that_of_the_header():
    of = [ImageFacts("", 0.5, {"scanner": "A"}, "B"), ImageFacts("", 0.5, {}, "C"), ImageFacts("", 0.5)]
    assert {row.value for row in cut([case([], [])] * 3, of, "scanner")} == {"A", "C", "not known"}


def test_one_value_alone_is_no_subgroup_and_an_unknown_column_is_wrong_use():
    cases = [case([], [])] * 2
    assert cut(cases, [facts(), facts()], "brightness", "source") == ()
    assert {row.value for row in cut(cases, [facts(source="a"), facts(source="b")], "source")} == {"a", "b"}
    with pytest.raises(UsageError, match="'lamp'; there are brightness, group, lens, scanner, size, source") as caught:
        cut(cases, [facts(lens="A"), facts(lens="B")], "lamp")
    assert caught.value.code == "US-COLUMN"
