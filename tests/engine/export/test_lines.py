from dataclasses import replace

from engine.domain.outcome import Outcome, StageTimes, Status
from engine.domain.region import InstanceBox, Measure, Region
from engine.domain.study import Instance, Study
from engine.export.lines import outcome_line, region_line


def test_an_answer_becomes_a_line_with_full_precision_boxes_and_scores():
    study = Study("ab" * 32, "photograph", "photo", "a.jpg", (Instance("a.jpg"),))
    region = Region("pitting", 0.12345678901234567, "sure", box_px=(1.5, 2.25, 3.125, 4.0625))
    outcome = Outcome("1" * 32, Status.ANSWERED, True, (region,), coverage=1.0, ms=StageTimes(read=1.23456, total=2.0))
    line = outcome_line("a.jpg", study, outcome)
    assert line["study"] == "ab" * 32
    assert line["regions"] == [
        {"label": "pitting", "score": 0.12345678901234567, "band": "sure", "box_px": [1.5, 2.25, 3.125, 4.0625]}
    ]
    assert line["ms"]["read"] == 1.235
    assert line["status"] == "answered"


def test_a_refusal_has_no_study_and_says_that_nothing_was_looked_at():
    line = outcome_line("b.jpg", None, Outcome("2" * 32, Status.REFUSED, reason="Cut short.", code="IN-TRUNCATED"))
    assert (line["study"], line["flagged"], line["coverage"], line["regions"]) == ("", None, 0.0, [])
    assert (line["code"], line["reason"]) == ("IN-TRUNCATED", "Cut short.")


def test_a_region_of_a_volume_has_its_voxels_and_its_place():
    region = Region("nodule", 0.5, "unsure", box_vox=(1.0, 2.0, 3.0, 4.0, 5.0, 6.0), center_mm=(-10.0, 20.0, 30.5))
    line = outcome_line("c", None, Outcome("3" * 32, Status.ANSWERED, True, (region,), coverage=1.0))
    assert line["regions"][0]["box_vox"] == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    assert line["regions"][0]["center_mm"] == [-10.0, 20.0, 30.5]
    assert (line["regions"][0]["instances"], line["regions"][0]["measures"]) == ([], [])


def test_a_region_of_a_volume_names_the_images_it_touches_and_its_measures():
    region = Region(
        "nodule",
        0.5,
        "sure",
        box_vox=(1.0, 2.0, 3.0, 2.0, 5.0, 6.0),
        instances=(InstanceBox("1.2.3", 4, (3.0, 2.0, 6.0, 5.0)),),
        measures=(Measure("longest-diameter", 8.25, "mm"),),
    )
    line = region_line(region)
    assert list(line) == ["label", "score", "band", "box_vox", "instances", "measures"]
    assert line["instances"] == [{"sop_uid": "1.2.3", "frame": 4, "box_px": [3.0, 2.0, 6.0, 5.0]}]
    assert line["measures"] == [{"name": "longest-diameter", "value": 8.25, "unit": "mm"}]


def test_the_line_of_a_photograph_stays_as_it_was_whatever_was_measured():
    region = Region("pitting", 0.5, "sure", box_px=(0.0, 0.0, 1.0, 1.0), measures=(Measure("mean", 9.0, "1"),))
    assert list(region_line(region)) == ["label", "score", "band", "box_px"]


def test_an_answer_that_repeats_another_says_so_and_others_have_no_such_field():
    answered = Outcome("5", Status.ANSWERED, False, coverage=1.0)
    assert outcome_line("c", None, replace(answered, reused_from="4"))["reused_from"] == "4"
    assert "reused_from" not in outcome_line("c", None, answered)


def test_the_reading_says_nothing_flagged_only_for_a_full_answer():
    readings = {
        Outcome("4", Status.ANSWERED, False).reading: "nothing flagged",
        Outcome("4", Status.ANSWERED, True).reading: "flagged",
        Outcome("4", Status.INCOMPLETE, False).reading: "incomplete",
        Outcome("4", Status.INCOMPLETE, True).reading: "incomplete, flagged",
        Outcome("4", Status.REFUSED).reading: "refused",
    }
    assert list(readings) == list(readings.values())
