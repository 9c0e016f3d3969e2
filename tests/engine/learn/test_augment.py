import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra learn")

from engine.learn.augment import clipped, crop_matrix, moved, relight, turn, visible_share, warp  # noqa: E402  after the skip
from engine.learn.dataset import Example, Finding  # noqa: E402  after the skip
from engine.learn.recipe_parts import AugmentPart, InputPart  # noqa: E402  after the skip

pytestmark = pytest.mark.learn

SCENE = InputPart(low=0, high=1, mean=(0.5,) * 3, std=(0.2,) * 3, tile=(32, 32), batch=1)
CHANGES = AugmentPart(
    on_finding_chance=0.5,
    scale=(0.7, 1.5),
    stretch=0.1,
    rotation_degrees=10,
    flip_axes=(0, 1),
    brightness=0.1,
    contrast=0.3,
    gamma=0.3,
    colour=0.1,
    ramp=0.2,
    sharpness=(-0.5, 1),
    noise=0.03,
)


def test_the_identity_changes_nothing() -> None:
    picture = torch.rand(3, 20, 30)
    same = warp(picture, np.array([[1.0, 0, 0], [0, 1, 0]]), (20, 30))
    assert torch.allclose(same, picture, atol=1e-5)


def test_a_shift_by_whole_pixels_moves_pixels_and_leaves_padding_zero() -> None:
    picture = torch.rand(1, 20, 30)
    there = warp(picture, np.array([[1.0, 0, 3], [0, 1, -5]]), (20, 30))
    assert torch.allclose(there[:, 3:, :25], picture[:, :17, 5:], atol=1e-5)
    assert not there[:, :2].any()


@pytest.mark.parametrize("size", [(40, 60), (20, 24, 28)])
def test_pixels_and_outlines_move_together(size: tuple[int, ...]) -> None:
    dims = len(size)
    low, high = np.array(size) // 4, np.array(size) // 2
    volume = np.zeros((1, *size), np.float32)
    volume[(0, *(slice(a, b) for a, b in zip(low, high, strict=True)))] = 1
    linear = turn(dims, 0.2) @ np.diag([-1.3] + [0.9] * (dims - 1))
    focus = (low + high) / 2
    matrix = np.concatenate([linear, (np.array(size) / 2 - linear @ focus)[:, None]], axis=1)
    shown = np.argwhere(warp(torch.from_numpy(volume), matrix, size)[0].numpy() > 0.5)
    corners = np.stack(np.meshgrid(*zip(low, high, strict=True), indexing="ij"), -1).reshape(-1, dims)
    box = moved(Finding(0, corners.astype(np.float32)), matrix).box()
    assert shown.min(axis=0) == pytest.approx(box[0], abs=1.6)
    assert shown.max(axis=0) + 1 == pytest.approx(box[1], abs=1.6)


def test_quarter_turns_lay_what_was_upright_on_its_side() -> None:
    changes = AugmentPart(on_finding_chance=0.0, quarter_turns=True)
    picture = Example("upright", "", np.zeros((1, 32, 32), np.float32), None, ())
    drawn = [crop_matrix(picture, changes, (32, 32), np.random.default_rng(seed)) for seed in range(40)]
    turns = {tuple(np.rint(matrix[:, :2]).astype(int).ravel()) for matrix in drawn}
    assert turns == {(1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0)}
    for matrix in drawn:
        assert np.allclose(matrix @ [16, 16, 1], [16, 16])


def test_the_visible_share_counts_the_box_within_the_crop() -> None:
    finding = Finding(0, np.array([[-5, 10], [5, 20]], np.float32))
    assert visible_share(finding, (32, 32)) == 0.5
    assert clipped(finding, (32, 32)).box().tolist() == [[0, 10], [5, 20]]


def test_light_stays_within_what_can_be_stored_and_follows_the_seed() -> None:
    picture = torch.rand(3, 16, 16) * 5 - 2.5
    one = relight(picture, SCENE, CHANGES, np.random.default_rng(1))
    same = relight(picture, SCENE, CHANGES, np.random.default_rng(1))
    assert torch.equal(one, same)
    assert one.min() >= -2.5 - 1e-5
    assert one.max() <= 2.5 + 1e-5
