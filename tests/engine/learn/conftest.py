"""Training sets of six tiny pictures and of five tiny volumes, and recipes that learn from them in seconds."""

import json
from pathlib import Path

import numpy as np
import pytest
import SimpleITK as sitk
from PIL import Image

RECIPE = """
id = "tiny"
version = "0.0.1"
[data]
train = "train.json"
test = "train.json"
labels = ["spot"]
[input]
low = 0.0
high = 1.0
mean = [0.5, 0.5, 0.5]
std = [0.2, 0.2, 0.2]
tile = [64, 96]
batch = 1
[network]
dims = 2
widths = [4, 8, 8]
blocks = [1, 0]
neck = 8
[training]
seed = 3
threads = 1
epochs = 3
cycles = 1
crops_per_image = 2
batch = 4
crop = [48, 64]
learning_rate = 0.003
weight_decay = 0.05
warm_up_steps = 2
ema_decay = 0.9
gradient_limit = 5.0
cpu_hours = 0.001
[augment]
on_finding_chance = 0.6
scale = [0.8, 1.25]
stretch = 0.1
rotation_degrees = 10.0
flip_axes = [0, 1]
brightness = 0.1
contrast = 0.2
gamma = 0.2
colour = 0.05
ramp = 0.2
sharpness = [-0.5, 1.0]
noise = 0.03
[paste]
chance = 0.5
most = 2
scale = [0.5, 1.2]
rotation_degrees = 20.0
contrast = [0.8, 1.2]
jitter_px = 4.0
margin_px = 3
[loss]
heat = 1.0
box = 1.5
mask = 0.5
focus = 2.0
quality = 0.5
spread = 0.11
least_spread_cells = 0.7
[answer]
nms_iou = 0.3
hit_iou = 0.33
sure_false_per_image = 0.25
unsure_false_per_image = 1.0
bootstrap_seed = 1
fold_cycles = 1
alone_cycles = 1
folds = [["a"], ["b", "c"]]
[efforts.full]
overlap = 0.25
[package]
task = "Marks spots."
licence = "CC0-1.0"
attribution = "made by the tests"
kinds = ["photograph"]
modalities = ["photo"]
size_px = [16, 4096]
max_regions = 20
parity_score = 0.01
parity_box_px = 0.5
"""


@pytest.fixture
def recipe_path(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.toml"
    path.write_text(RECIPE, encoding="utf-8")
    return path


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """Six grey pictures of 60 x 88 in three groups, one dark spot in each but the last."""
    folder = tmp_path / "data"
    folder.mkdir()
    draw = np.random.default_rng(5)
    images, annotations = [], []
    for number in range(6):
        pixels = draw.normal(150, 8, (60, 88, 3))
        if number < 5:
            y, x = int(draw.integers(8, 40)), int(draw.integers(8, 64))
            pixels[y : y + 9, x : x + 12] -= 90
            outline = [x, y, x + 12, y, x + 12, y + 9, x, y + 9]
            annotations.append(
                {"id": number, "image_id": number, "category_id": 1, "bbox": [x, y, 12, 9], "segmentation": [outline]}
            )
        name = f"{number}.png"
        Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(folder / name)
        images.append({"id": number, "file_name": name, "width": 88, "height": 60, "group": "abc"[number % 3]})
    table = {"categories": [{"id": 1, "name": "spot"}], "images": images, "annotations": annotations}
    (folder / "train.json").write_text(json.dumps(table), encoding="utf-8")
    return folder


CHANGES = {
    'id = "tiny"': 'id = "tiny-volumes"',
    'labels = ["spot"]': 'labels = ["nodule"]\nnormal = "normal.json"',
    "low = 0.0": "low = -1000.0",
    "high = 1.0": "high = 400.0",
    "mean = [0.5, 0.5, 0.5]": "mean = [0.3]",
    "std = [0.2, 0.2, 0.2]": "std = [0.3]",
    "tile = [64, 96]": "tile = [24, 48, 48]\nspacing_mm = [2.0, 2.0, 2.0]",
    "dims = 2": "dims = 3\nstride = 2",
    "blocks = [1, 0]": "blocks = [0, 1, 0]",
    "crop = [48, 64]": "crop = [16, 24, 24]",
    "on_finding_chance = 0.6": "on_finding_chance = 0.5\non_bright_chance = 0.3\nbright = [-970.0, -500.0]",
    "flip_axes = [0, 1]": "flip_axes = [0, 1, 2]",
    "hit_iou = 0.33": "hit_iou = 0.1",
    'folds = [["a"], ["b", "c"]]': "folds = 2",
    'kinds = ["photograph"]': 'kinds = ["volume"]',
    'modalities = ["photo"]': 'modalities = ["CT"]',
}


@pytest.fixture
def volume_recipe_path(tmp_path: Path) -> Path:
    """The recipe of pictures made one of volumes: no pasting, a spacing, hard places, an answer on stride 2."""
    head, rest = RECIPE.split("[paste]")
    text = head + rest[rest.index("[loss]") :]
    for old, new in CHANGES.items():
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "tiny-volumes.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def volume_dir(tmp_path: Path) -> Path:
    """Four CT volumes of 20 x 40 x 44 voxels of 3 x 2 x 2 mm with a bright ball each, and one without."""
    folder = tmp_path / "volumes"
    folder.mkdir()
    draw = np.random.default_rng(6)
    images, annotations = [], []
    places = np.indices((20, 40, 44)).astype(np.float32) + 0.5
    for number in range(5):
        voxels = draw.normal(-850, 20, (20, 40, 44))
        if number < 4:
            radius = np.array([2.0, 3.0, 3.0])
            centre = draw.uniform((5, 8, 8), (15, 32, 36))
            away = np.sqrt((((places.T - centre) / radius) ** 2).sum(axis=-1)).T
            voxels[away < 1] = 20
            box = [*(centre - radius), *(centre + radius)]
            annotations.append({"id": number, "image_id": number, "category_id": 1, "box_vox": box})
        image = sitk.GetImageFromArray(voxels.astype(np.int16))
        image.SetSpacing((2.0, 2.0, 3.0))
        sitk.WriteImage(image, folder / f"{number}.mha")
        images.append({"id": number, "file_name": f"{number}.mha", "width": 44, "height": 40, "depth": 20})
    table = {"categories": [{"id": 1, "name": "nodule"}], "images": images[:4], "annotations": annotations}
    (folder / "train.json").write_text(json.dumps(table), encoding="utf-8")
    normal = {"categories": table["categories"], "images": images[4:], "annotations": []}
    (folder / "normal.json").write_text(json.dumps(normal), encoding="utf-8")
    return folder
