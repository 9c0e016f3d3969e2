import itertools

from numpy.random import default_rng

from engine.learn.phantom.profile import (
    PROFILES,
    TEST_SCANNERS,
    TEST_VESSELS,
    TRAIN_SCANNERS,
    TRAIN_VESSELS,
    Split,
    draw_within,
)

SWAPPED_LEARNED: tuple[Split, ...] = ("swapped-train", "swapped-validation")
SWAPPED_ANSWERED: tuple[Split, ...] = ("swapped-test", "swapped-normal")


def test_no_kernel_of_the_test_occurs_in_training() -> None:
    for ours, theirs in itertools.product(TRAIN_SCANNERS.kernels, TEST_SCANNERS.kernels):
        assert ours.name != theirs.name
        assert abs(ours.f50_per_mm - theirs.f50_per_mm) > 0.05


def test_no_slice_spacing_of_the_test_occurs_in_training() -> None:
    ours = {slices.spacing_mm for slices in TRAIN_SCANNERS.slices}
    assert not ours & {slices.spacing_mm for slices in TEST_SCANNERS.slices}


def test_slices_lie_between_the_limits_of_both_sets() -> None:
    for scanners in (TRAIN_SCANNERS, TEST_SCANNERS):
        assert all(0.7 <= slices.spacing_mm <= 3.0 for slices in scanners.slices)


def test_no_parameter_of_the_vessels_of_the_test_occurs_in_training() -> None:
    for name in TRAIN_VESSELS.__slots__:
        for ours, theirs in itertools.product(getattr(TRAIN_VESSELS, name), getattr(TEST_VESSELS, name)):
            assert ours[1] < theirs[0] or theirs[1] < ours[0], name


def test_no_parameter_of_the_vessels_of_the_test_lies_beyond_those_of_training() -> None:
    for name in TRAIN_VESSELS.__slots__:
        ours, theirs = getattr(TRAIN_VESSELS, name), getattr(TEST_VESSELS, name)
        assert min(ours)[0] < min(theirs)[0], name
        assert max(theirs)[1] < max(ours)[1], name


def test_a_parameter_is_drawn_from_each_of_its_ranges_and_from_nowhere_else() -> None:
    draw = default_rng(1)
    drawn = [draw_within(((0.0, 1.0), (5.0, 6.0)), draw) for _ in range(200)]
    assert all(0 <= value <= 1 or 5 <= value <= 6 for value in drawn)
    assert 70 < sum(value > 3 for value in drawn) < 130


def test_the_swapped_sets_exchange_the_scanners_and_keep_the_vessels() -> None:
    for name in SWAPPED_LEARNED:
        assert PROFILES[name].scanners is TEST_SCANNERS
        assert PROFILES[name].vessels is TRAIN_VESSELS
    for name in SWAPPED_ANSWERED:
        assert PROFILES[name].scanners is TRAIN_SCANNERS
        assert PROFILES[name].vessels is TEST_VESSELS


def test_thresholds_are_chosen_on_scans_of_the_training_kind() -> None:
    assert PROFILES["validation"].scanners is TRAIN_SCANNERS
    assert PROFILES["validation"].vessels is TRAIN_VESSELS


def test_no_two_sets_share_a_seed() -> None:
    assert len({profile.code for profile in PROFILES.values()}) == len(PROFILES)
