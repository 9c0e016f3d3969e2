from engine.domain.review import RegionVerdict
from engine.export.findings import findings_of
from tests.engine.export.studies import case_of, ct_series


def test_places_stand_in_the_order_of_the_outcome_and_then_those_that_were_added(tmp_path):
    case, _ = case_of(ct_series(tmp_path / "ct"))
    found = [(f.number, f.label, f.verdict, f.score, f.stands) for f in case.findings]
    assert found == [
        (1, "nodule", RegionVerdict.CONFIRMED, 0.83, True),
        (2, "nodule", RegionVerdict.REJECTED, 0.41, False),
        (3, "nodule", RegionVerdict.CHANGED, 0.35, True),
        (4, "scar", RegionVerdict.ADDED, None, True),
    ]


def test_a_moved_place_lies_where_the_person_put_it_and_loses_the_measures_of_the_old_one(tmp_path):
    case, _ = case_of(ct_series(tmp_path / "ct"))
    moved = case.findings[2]
    assert moved.box_vox == case.review.regions[2].mark.box_vox
    assert (case.findings[0].measures, moved.measures) == (case.recorded.outcome.regions[0].measures, ())


def test_without_a_review_every_region_stands_undecided(tmp_path):
    case, _ = case_of(ct_series(tmp_path / "ct"), reviewed=False)
    assert [(f.verdict, f.stands) for f in findings_of(case.recorded.outcome, None)] == [(None, True)] * 3
