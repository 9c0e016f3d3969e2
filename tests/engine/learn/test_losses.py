import pytest

torch = pytest.importorskip("torch", reason="training needs the extra learn")

from engine.learn.losses import heat_loss, overlaps  # noqa: E402  after the skip

pytestmark = pytest.mark.learn


def _one_cell(*distances: float) -> "torch.Tensor":
    return torch.tensor(distances).view(1, -1, 1, 1)


def test_equal_boxes_overlap_fully() -> None:
    iou, giou = overlaps(_one_cell(2, 3, 4, 5), _one_cell(2, 3, 4, 5))
    assert iou.item() == pytest.approx(1)
    assert giou.item() == pytest.approx(1)


def test_a_box_of_half_the_height_overlaps_by_half() -> None:
    iou, giou = overlaps(_one_cell(2, 5, 2, 5), _one_cell(4, 5, 4, 5))
    assert iou.item() == pytest.approx(0.5)
    assert giou.item() == pytest.approx(0.5)


def test_giou_counts_the_hull_that_neither_box_fills() -> None:
    iou, giou = overlaps(_one_cell(2, 4, 2, 4), _one_cell(4, 2, 4, 2))
    assert iou.item() == pytest.approx(16 / 48)
    assert giou.item() == pytest.approx(16 / 48 - 16 / 64)


def test_volumes_overlap_along_three_axes() -> None:
    iou, _ = overlaps(torch.ones(1, 6, 1, 1, 1), torch.full((1, 6, 1, 1, 1), 2.0))
    assert iou.item() == pytest.approx(1 / 8)


def test_heat_as_wanted_costs_nothing() -> None:
    wanted = torch.tensor([[[0.2, 0.7]]])
    assert heat_loss(torch.logit(wanted), wanted, torch.ones(1, 1, 2), 2.0).item() == pytest.approx(0, abs=1e-6)


def test_heat_where_nobody_judges_costs_nothing() -> None:
    logits, wanted = torch.full((1, 1, 2), 5.0), torch.zeros(1, 1, 2)
    assert heat_loss(logits, wanted, torch.zeros(1, 1, 2), 2.0).item() == 0
    assert heat_loss(logits, wanted, torch.ones(1, 1, 2), 2.0).item() > 1


def test_cells_that_are_far_off_weigh_more() -> None:
    wanted, care = torch.zeros(1, 1, 1), torch.ones(1, 1, 1)
    near, far = (heat_loss(torch.full((1, 1, 1), logit), wanted, care, 2.0).item() for logit in (-2.0, 2.0))
    plain_near, plain_far = (heat_loss(torch.full((1, 1, 1), logit), wanted, care, 0.0).item() for logit in (-2.0, 2.0))
    assert far / near > 5 * plain_far / plain_near
