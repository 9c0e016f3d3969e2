from __future__ import annotations

from typing import Any

import pytest

from tests.engine.detect.tensorrt.plans import KEY, key_with

CHANGES: list[dict[str, Any]] = [
    {"model": "ef" * 32},
    {"make": "tensorrt"},
    {"version": "1.8.0"},
    {"precision": "fp32"},
    {"capabilities": ("8.6",)},
    {"driver": "590.1"},
    {"recipe": KEY.recipe + 1},
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
def test_whatever_changes_makes_another_plan(change: dict[str, Any]) -> None:
    other = key_with(**change)
    assert other.name != KEY.name
    assert not other.serves(KEY)


def test_a_plan_serves_what_it_was_made_for() -> None:
    assert KEY.serves(KEY)


def test_a_plan_for_more_cards_serves_each_of_them_and_not_the_other_way_round() -> None:
    several = key_with(capabilities=("8.6", "8.9"))
    assert several.serves(KEY)
    assert not KEY.serves(several)


def test_a_plan_made_ahead_of_time_serves_under_any_driver() -> None:
    ahead = key_with(driver="")
    assert ahead.serves(KEY)
    assert not KEY.serves(ahead)


def test_the_name_says_whose_and_for_what() -> None:
    assert KEY.name.startswith("abababababab-fp16-8.9-")
