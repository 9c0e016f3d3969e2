"""What a key decides, where it goes on to, and the way back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.state.judgement import Judgement, Signature, mark_of
from engine.domain.operator import Operator, Role
from engine.domain.outcome import Status
from engine.domain.review import Mark, RegionVerdict, Verdict
from tests.app.state.judging_bench import judged, outcome

MISSED = Mark("scratch", box_px=(50.0, 50.0, 60.0, 70.0))
CONFIRMED, REJECTED = RegionVerdict.CONFIRMED, RegionVerdict.REJECTED


def said(session, index=0):
    return session[index].judgement.verdicts


def test_one_key_alone_judges_studies_from_the_first_region_to_the_last():
    session, judging = judged(2, 1, 0)
    for _ in range(1 + 2 + 1 + 1 + 1 + 1):  # to the first region; two regions, a verdict; one, a verdict; a verdict
        judging.confirm()
    assert [said(session, index) for index in range(3)] == [(CONFIRMED, CONFIRMED), (CONFIRMED,), ()]
    assert [session[index].judgement.verdict for index in range(3)] == [Verdict.REJECT, Verdict.REJECT, Verdict.ACCEPT]


def test_every_decision_is_told_with_all_decisions_of_its_study():
    session, judging = judged(2)
    told = []
    judging.decided.listen(told.append)
    session.choose_region(0)
    judging.confirm()
    judging.reject("artefact")
    assert [one.source for one in told] == ["0.png", "0.png"]
    assert told[1].judgement.verdicts == (CONFIRMED, REJECTED)


def test_decision_moves_on_to_the_next_undecided_region_and_around_the_end():
    session, judging = judged(3)
    session.choose_region(1)
    judging.confirm()
    assert session.region == 2
    judging.confirm()
    assert session.region == 0
    judging.confirm()
    assert session.region is None


def test_rejected_region_is_confirmed_when_a_person_comes_back_to_it():
    session, judging = judged(2)
    session.choose_region(0)
    judging.reject("artefact")
    session.choose_region(0)
    judging.confirm()
    assert said(session) == (CONFIRMED, None)


def test_confirming_a_changed_region_keeps_the_change():
    session, judging = judged(2)
    session.choose_region(0)
    judging.change(mark_of(session.row.regions[0], "scratch"))
    judging.confirm()
    assert said(session)[0] is RegionVerdict.CHANGED
    assert session.region == 1


def test_added_region_is_chosen_and_can_be_taken_away():
    session, judging = judged(1)
    judging.add(MISSED)
    assert session.region == 1
    assert session.row.regions[1].label == "scratch"
    judging.reject("other")
    assert len(session.row.regions) == 1
    assert session.region == 0  # on to the one that is undecided


def test_undo_goes_back_to_the_study_and_region_of_the_last_decision():
    session, judging = judged(1, 1)
    judging.go_to_open()
    judging.confirm()
    judging.confirm()
    assert session.chosen == 1
    judging.undo()
    assert (session.chosen, session.row.judgement.verdict) == (0, None)
    judging.undo()
    assert said(session) == (None,)
    assert session.region == 0
    judging.redo()
    assert said(session) == (CONFIRMED,)


def test_undone_decision_is_recorded_too():
    _, judging = judged(1)
    told = []
    judging.decided.listen(told.append)
    judging.go_to_open()
    judging.confirm()
    judging.undo()
    assert [one.judgement.verdicts for one in told] == [(CONFIRMED,), (None,)]


def test_new_decision_ends_what_could_be_made_again():
    session, judging = judged(2)
    judging.go_to_open()
    judging.confirm()
    judging.undo()
    judging.reject("artefact")
    judging.redo()
    assert said(session) == (REJECTED, None)


def test_nothing_is_undone_of_a_study_that_was_answered_anew():
    session, judging = judged(1)
    judging.go_to_open()
    judging.confirm()
    answer = outcome("another-arrival", 2)
    session.answer(0, answer, None)
    judging.take(0, answer, Judgement.of(answer), "photo")
    judging.undo()
    assert said(session) == (None, None)


def test_judged_study_makes_way_for_the_next_that_is_not_judged():
    session, judging = judged(0, 0, 1)
    session.choose(1)
    judging.give(Verdict.ACCEPT)
    assert session.chosen == 2
    assert session.region == 0
    session.choose(0)
    judging.give(Verdict.WARN)
    assert session.chosen == 2


def test_judged_study_stays_where_the_setting_or_a_coming_signature_says_so():
    for arguments in ({"next_by_itself": lambda: False}, {"operator": lambda: Operator("kim", Role.INSPECTOR)}):
        session, judging = judged(0, 0, **arguments)
        judging.give(Verdict.ACCEPT)
        assert session.chosen == 0


def test_verdict_before_the_last_region_opens_no_other_study():
    session, judging = judged(1, 1)
    judging.give(Verdict.REJECT)
    assert session.chosen == 0
    assert judging.judgement.verdict is Verdict.REJECT


def test_verdict_of_another_kind_of_study_is_not_taken():
    _, judging = judged(0)
    judging.give(Verdict.AGREE)
    assert judging.judgement.verdict is None


def test_signed_study_is_changed_only_after_it_was_opened_again_with_a_reason():
    session, judging = judged(1)
    judging.go_to_open()
    judging.confirm()
    judging.give(Verdict.REJECT)
    signed = _signed(judging.judgement)
    judging.settle("0.png", signed)
    session.choose_region(0)
    judging.reject("artefact")
    judging.undo()
    assert judging.judgement == signed
    judging.amend("  ")
    assert judging.judgement == signed
    judging.amend("the wrong part")
    judging.reject("artefact")
    assert said(session) == (REJECTED,)
    assert judging.judgement.review().reason == "the wrong part"


def test_refused_decision_falls_back_to_what_is_recorded():
    session, judging = judged(2)
    before = judging.judgement
    judging.go_to_open()
    judging.confirm()
    judging.settle("0.png", before)
    assert said(session) == (None, None)
    judging.undo()
    assert said(session) == (None, None)


def test_regions_under_the_threshold_are_passed_over_and_stay_undecided():
    session, judging = judged(4)  # scores 0.9, 0.8, 0.7, 0.6
    judging.looking.set_threshold(0.75)
    judging.looking.go(-1)
    assert session.region == 1
    judging.confirm_open()
    assert said(session) == (CONFIRMED, CONFIRMED, None, None)
    judging.confirm()
    assert judging.judgement.verdict is None


def test_region_that_the_threshold_hides_is_let_go():
    session, judging = judged(2)
    session.choose_region(1)
    judging.looking.set_threshold(0.85)
    assert session.region is None


def test_regions_that_were_never_chosen_are_unseen():
    session, judging = judged(3)
    session.choose_region(1)
    judging.confirm_open()
    assert judging.looking.unseen(judging.judgement) == (0, 2)


def test_what_was_decided_in_an_earlier_session_counts_as_seen():
    _, judging = judged(2)
    judging.go_to_open()
    judging.confirm()
    recorded = judging.judgement.review()
    again, resumed = judged(2)
    answer = outcome("arrival-0", 2)
    again.answer(0, answer, None)
    resumed.take(0, answer, Judgement.resumed(answer, recorded), "photo")
    assert said(again) == (CONFIRMED, None)
    assert resumed.looking.unseen(resumed.judgement) == (1,)


@pytest.mark.parametrize(("name", "first"), [("part.JPG", Verdict.ACCEPT), ("IM0001", Verdict.AGREE)])
def test_file_that_could_not_be_read_is_judged_as_its_name_lets_expect(name, first):
    session, judging = judged()
    session.add([name])
    refused = outcome("a", 0, status=Status.REFUSED, flagged=None, code="IN-EMPTY", coverage=0.0)
    session.answer(0, refused, None)
    judging.take(0, refused, Judgement.of(refused), "")
    assert judging.verdicts[0] is first


@pytest.mark.parametrize("step", [1, -1])
def test_going_from_region_to_region_turns_around_at_the_ends(step):
    session, judging = judged(3)
    visited = []
    for _ in range(4):
        judging.looking.go(step)
        visited.append(session.region)
    assert visited == ([0, 1, 2, 0] if step > 0 else [2, 1, 0, 2])


def _signed(judgement):
    return replace(judgement, signature=Signature("kim", datetime(2026, 1, 2, tzinfo=UTC), 3))
