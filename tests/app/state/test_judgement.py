"""Decisions about one study as a value."""

import math
from datetime import UTC, datetime

import pytest

from app.state.judgement import OF_PARTS, OF_READINGS, Judgement, mark_of, verdicts_for
from engine.domain.operator import Operator, Role
from engine.domain.outcome import Status
from engine.domain.review import (
    Mark,
    RegionReview,
    RegionVerdict,
    Review,
    Verdict,
    require_complete,
    require_sound,
)
from tests.app.state.judging_bench import outcome

MISSED = Mark("scratch", box_px=(50.0, 50.0, 60.0, 70.0))
MOVED = Mark("pitting", box_px=(1.0, 1.0, 4.0, 4.0))


def test_what_is_decided_is_a_review_that_the_engine_takes():
    decided = Judgement.of(outcome("a", 3)).confirm(0).reject(1, "artefact").change(2, MOVED).add(MISSED)
    review = decided.review()
    require_sound(review, 3)
    assert [one.verdict for one in review.regions] == ["confirmed", "rejected", "changed", "added"]
    assert review.regions[1].reason == "artefact"
    assert decided.open == ()


def test_review_is_complete_once_every_region_and_the_whole_are_decided():
    half = Judgement.of(outcome("a", 2)).confirm(0)
    assert half.open == (1,)
    assert not half.complete
    assert not half.confirm(1).complete
    whole = Judgement.resumed(half.outcome, Review("a", 1, "kim", half.confirm(1).review().regions, Verdict.REJECT))
    require_complete(whole.review(), 2)
    assert whole.complete


def test_judgement_goes_on_from_what_was_recorded():
    decided = Judgement.of(outcome("a", 3)).confirm(2).add(MISSED)
    again = Judgement.resumed(decided.outcome, decided.review())
    assert again == decided


def test_signed_review_says_who_answers_for_it():
    at = datetime(2026, 1, 2, tzinfo=UTC)
    review = Review("a", 1, "kim", (), Verdict.ACCEPT, version=4, signed_at=at)
    signature = Judgement.resumed(outcome("a", 0), review).signature
    assert (signature.operator, signature.at, signature.version) == ("kim", at, 4)


def test_changed_region_is_shown_where_it_was_put_without_the_measures_of_the_old_place():
    shown = Judgement.of(outcome("a", 2)).change(1, MOVED).regions
    assert shown[1].box_px == MOVED.box_px
    assert shown[1].score == 0.8
    assert shown[0].box_px == (0.0, 0.0, 5.0, 5.0)


def test_added_region_comes_last_and_has_no_score():
    decided = Judgement.of(outcome("a", 1)).add(MISSED)
    assert decided.verdicts == (None, RegionVerdict.ADDED)
    assert math.isnan(decided.regions[1].score)
    assert decided.regions[1].label == "scratch"


def test_rejecting_an_added_region_takes_it_away():
    decided = Judgement.of(outcome("a", 1)).add(MISSED).add(MOVED)
    assert decided.reject(1, "other").added == (MOVED,)
    assert decided.confirm(1) == decided


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (("confirm", "confirm"), Verdict.REJECT),
        (("confirm", "reject"), Verdict.REJECT),
        (("reject", "reject"), Verdict.ACCEPT),
    ],
)
def test_part_is_proposed_for_rejection_while_a_defect_stands(said, expected):
    decided = Judgement.of(outcome("a", 2))
    for place, word in enumerate(said):
        decided = decided.confirm(place) if word == "confirm" else decided.reject(place, "artefact")
    assert decided.proposed(OF_PARTS) is expected


def test_reading_is_proposed_to_agree_unless_something_was_rejected_or_added():
    agreed = Judgement.of(outcome("a", 1)).confirm(0)
    assert agreed.proposed(OF_READINGS) is Verdict.AGREE
    assert agreed.add(MISSED).proposed(OF_READINGS) is Verdict.DISAGREE
    assert agreed.reject(0, "artefact").proposed(OF_READINGS) is Verdict.DISAGREE


def test_nothing_is_proposed_while_a_region_is_open_or_the_study_was_not_answered_in_full():
    assert Judgement.of(outcome("a", 1)).proposed(OF_PARTS) is None
    refused = outcome("a", 0, status=Status.REFUSED, flagged=None, code="IN-EMPTY", coverage=0.0)
    assert Judgement.of(refused).proposed(OF_PARTS) is None


@pytest.mark.parametrize(
    ("modality", "role", "expected"),
    [
        ("photo", None, OF_PARTS),
        ("CT", None, OF_READINGS),
        ("photo", Role.READER, OF_READINGS),
        ("CT", Role.INSPECTOR, OF_PARTS),
        ("CT", Role.LEAD, OF_READINGS),
    ],
)
def test_role_decides_which_verdicts_there_are_and_else_the_pixels(modality, role, expected):
    assert verdicts_for(modality, Operator("kim", role)) == expected
    assert verdicts_for("photo", None) == OF_PARTS


def test_mark_of_a_region_keeps_its_place_under_another_label():
    region = outcome("a", 1).regions[0]
    assert mark_of(region, "scratch") == Mark("scratch", region.box_px)
    assert mark_of(region).label == "pitting"


def test_many_regions_are_confirmed_at_once_and_decided_ones_stay():
    decided = Judgement.of(outcome("a", 3)).reject(0, "artefact").confirm_all({1, 2})
    assert decided.verdicts == (RegionVerdict.REJECTED, RegionVerdict.CONFIRMED, RegionVerdict.CONFIRMED)
    assert decided.decisions[1] == RegionReview(RegionVerdict.CONFIRMED, 1)
