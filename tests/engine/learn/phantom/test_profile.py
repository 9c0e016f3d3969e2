import itertools

from engine.learn.phantom.profile import PROFILES, TEST_SCANNERS, TEST_VESSELS, TRAIN_SCANNERS, TRAIN_VESSELS


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
        ours, theirs = getattr(TRAIN_VESSELS, name), getattr(TEST_VESSELS, name)
        assert ours[1] < theirs[0] or theirs[1] < ours[0], name


def test_the_swapped_sets_exchange_the_scanners_and_keep_the_vessels() -> None:
    assert PROFILES["swapped-train"].scanners is TEST_SCANNERS
    assert PROFILES["swapped-train"].vessels is TRAIN_VESSELS
    assert PROFILES["swapped-test"].scanners is TRAIN_SCANNERS
    assert PROFILES["swapped-test"].vessels is TEST_VESSELS


def test_no_two_sets_share_a_seed() -> None:
    assert len({profile.code for profile in PROFILES.values()}) == len(PROFILES)
