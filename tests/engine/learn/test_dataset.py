import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.errors import LearnError
from engine.evaluate.truth import read_truth
from engine.learn.dataset import Example, Prepared, filled, load_examples

Change = Callable[[dict[str, Any]], object]


def _grey(_: Path) -> Prepared:
    return Prepared(np.zeros((3, 60, 88), np.float32), (1.0, 1.0))


def _loaded(data_dir: Path, change: Change = lambda _: None, label: str = "spot") -> tuple[Example, ...]:
    path = data_dir / "train.json"
    table = json.loads(path.read_text(encoding="utf-8"))
    change(table)
    path.write_text(json.dumps(table), encoding="utf-8")
    return load_examples(read_truth(path), data_dir, (label,), _grey)


def test_outlines_are_y_x_and_masks_lie_inside_them(data_dir: Path) -> None:
    example = _loaded(data_dir)[0]
    low, high = example.findings[0].box()
    assert (high - low).tolist() == [9, 12]
    assert example.inside().sum() == pytest.approx(9 * 12, rel=0.06)
    rows, columns = np.nonzero(example.inside()[0] > 0.5)
    assert (rows.min(), columns.min()) == (low[0], low[1])


def test_an_image_without_findings_stays_in_the_set(data_dir: Path) -> None:
    last = _loaded(data_dir)[5]
    assert last.findings == ()
    assert not last.inside().any()


def test_a_finding_without_outline_is_its_box(data_dir: Path) -> None:
    example = _loaded(data_dir, lambda table: table["annotations"][0].pop("segmentation"))[0]
    assert (example.findings[0].box()[1] - example.findings[0].box()[0]).tolist() == [9, 12]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda table: table.update(images=[], annotations=[]), "lists no image"),
        (lambda table: table.update(annotations=[]), "no example of the label 'spot'"),
        (lambda table: table["images"][2].update(file_name="gone.png"), "gone.png, which is missing"),
        (
            lambda table: table["annotations"][0].update(bbox=[80, 5, 12, 9], segmentation=[]),
            r"Annotation 0 of 0.png spans .* to \[14.0, 92.0\], outside the image's \(60, 88\)",
        ),
        (
            lambda table: table["images"][3].update(width=60, height=88),
            r"3.png has \(88, 60\) pixels \(y, x\), it has \(60, 88\)",
        ),
    ],
)
def test_an_unsound_set_is_refused(data_dir: Path, change: Change, message: str) -> None:
    with pytest.raises(LearnError, match=message):
        _loaded(data_dir, change)


def test_a_crowd_is_no_finding_and_no_example_of_its_label(data_dir: Path) -> None:
    def crowded(table: dict[str, Any], number: int) -> None:
        for annotation in table["annotations"][:number]:
            annotation["iscrowd"] = 1

    example = _loaded(data_dir, lambda table: crowded(table, 1))[0]
    assert (len(example.findings), len(example.ignored)) == (0, 1)
    assert not example.inside().any()
    with pytest.raises(LearnError, match="no example"):
        _loaded(data_dir, lambda table: crowded(table, 5))


def test_a_label_that_nobody_annotated_is_refused(data_dir: Path) -> None:
    with pytest.raises(LearnError, match="no example of the label 'crack'"):
        _loaded(data_dir, label="crack")


def test_a_filled_square_covers_its_pixels() -> None:
    square = np.array([[2, 3], [2, 7], [6, 7], [6, 3]], np.float32)
    inside = filled(square, (10, 10)) / 255
    assert (inside[2:6, 3:7] > 0.95).all()
    assert inside.sum() == pytest.approx(16, rel=0.15)


def _still(_: Path) -> Prepared:
    return Prepared(np.zeros((1, 30, 40, 44), np.float32), (1.5, 1.0, 1.0))


def _volumes(volume_dir: Path, change: Change = lambda _: None) -> tuple[Example, ...]:
    path = volume_dir / "train.json"
    table = json.loads(path.read_text(encoding="utf-8"))
    change(table)
    path.write_text(json.dumps(table), encoding="utf-8")
    return load_examples(read_truth(path), volume_dir, ("nodule",), _still)


def test_a_volume_is_kept_in_half_the_memory_without_masks_and_with_findings_in_network_voxels(
    volume_dir: Path,
) -> None:
    examples = _volumes(volume_dir, lambda table: table["annotations"][0].update(box_vox=[2, 4, 6, 10, 16, 26]))
    assert examples[0].pixels.dtype == np.float16
    assert examples[0].mask is None
    assert examples[0].findings[0].box().tolist() == [[3, 4, 6], [15, 16, 26]]


def _flat(table: dict[str, Any]) -> None:
    table["images"][0].pop("depth")
    table["annotations"][0].pop("box_vox")
    table["annotations"][0].update(bbox=[1, 1, 5, 5])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda table: table.update(images=[], annotations=[]), "lists no image"),
        (lambda table: table.update(annotations=[]), "no example of the label 'nodule'"),
        (lambda table: table["images"][2].update(file_name="gone.mha"), r"gone\.mha, which is missing"),
        (
            lambda table: table["annotations"][0].update(box_vox=[2, 4, 6, 30, 16, 26]),
            r"Annotation 0 of 0.mha spans .* outside the image's \(20, 40, 44\) \(z, y, x\)",
        ),
        (_flat, "Annotation 0 of 0.mha has no box_vox"),
        (
            lambda table: table["images"][1].update(depth=17),
            r"1.mha has \(17, 40, 44\) pixels \(z, y, x\), it has \(20, 40, 44\)",
        ),
    ],
)
def test_an_unsound_set_of_volumes_is_refused(volume_dir: Path, change: Change, message: str) -> None:
    with pytest.raises(LearnError, match=message):
        _volumes(volume_dir, change)
