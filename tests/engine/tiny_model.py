"""A real, tiny detector for the tests: flags bright cells of 4x4 pixels and draws boxes of 8x8 pixels around them."""

from dataclasses import replace

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

from engine.domain.model_card import DomainSpec, Effort, HeadSpec, InputSpec, ModelCard, ParityLimits
from engine.evaluate.rehearse import complete_golden
from engine.intake.find import Found
from engine.registry.manifest import read_manifest
from engine.registry.reference import measure, reference_json

CARD = ModelCard(
    id="bright-spots",
    version="1.0.0",
    hash="0" * 64,
    task="flags bright spots in grey pictures",
    input=InputSpec(1, (32, 32), 2, None, 0.0, 1.0, (0.0,), (1.0,)),
    head=HeadSpec("center", 4, 0.5, 50),
    labels=("spot",),
    threshold=0.5,
    unsure_threshold=0.5,
    efforts=(Effort("full", 0.25),),
    domain=DomainSpec(("photograph",), ("photo",), (8, 4096), None),
    parity=ParityLimits(0.001, 0.1),
    licence="Apache-2.0",
    attribution="made by the tests",
)


def graph_of(card=CARD, *, bias=-14.0, reach=4.0, opset=17):
    """The graph as bytes: mean of each cell, then `sigmoid(20 * mean + bias)`; every box reaches `reach` pixels."""
    dims = len(card.input.tile)
    stride = card.head.stride
    channels = card.input.channels
    mean = np.full((1, channels, *(stride,) * dims), 20.0 / (channels * stride**dims), np.float32)
    zeros = np.zeros((2 * dims, channels, *(stride,) * dims), np.float32)
    shape = [card.input.batch, channels, *card.input.tile]
    cells = [side // stride for side in card.input.tile]
    nodes = [
        helper.make_node("Conv", ["image", "mean", "bias"], ["logit"], strides=[stride] * dims),
        helper.make_node("Sigmoid", ["logit"], ["heat"]),
        helper.make_node("Conv", ["image", "zeros", "reach"], ["box"], strides=[stride] * dims),
    ]
    constants = {
        "mean": mean,
        "bias": np.array([bias], np.float32),
        "zeros": zeros,
        "reach": np.full(2 * dims, reach, np.float32),
    }
    graph = helper.make_graph(
        nodes,
        "bright-spots",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, shape)],
        [
            helper.make_tensor_value_info("heat", TensorProto.FLOAT, [card.input.batch, 1, *cells]),
            helper.make_tensor_value_info("box", TensorProto.FLOAT, [card.input.batch, 2 * dims, *cells]),
        ],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)
    onnx.checker.check_model(model)
    return model.SerializeToString()


def noisy_graph_of(card, seed=3):
    """The same with random weights and a heat map for each of two labels: heat and faces differ from cell to cell."""
    rng = np.random.default_rng(seed)
    model = onnx.load_from_string(graph_of(card))
    dims = len(card.input.tile)
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if tensor.name == "mean":
            values = rng.normal(0, 20 / 4**dims, (2, *values.shape[1:]))
        elif tensor.name == "bias":
            values = np.zeros(2)
        elif tensor.name == "zeros":
            values = rng.normal(0, 8 / 4**dims, values.shape)
        tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float32), tensor.name))
    model.graph.output[0].type.tensor_type.shape.dim[1].dim_value = 2
    return model.SerializeToString()


def card_with(**changes):
    """The card with some fields replaced."""
    return replace(CARD, **changes)


def write_source(folder):
    """A folder that can be packed: manifest, graph, card, reference and one golden case."""
    (folder / "golden").mkdir(parents=True)
    (folder / "manifest.toml").write_text(MANIFEST)
    (folder / "model.onnx").write_bytes(graph_of())
    (folder / "CARD.md").write_text("Flags bright spots. Made by the tests.\n")
    (folder / "reference.json").write_text(reference_json(measure([np.zeros((8, 8), np.uint8)])))
    spotted = np.zeros((30, 20), np.uint8)
    spotted[8:12, 4:8] = 255
    Image.fromarray(spotted).save(folder / "golden" / "spot.png")
    complete_golden(folder)
    return folder


def write_volume_source(folder):
    """The same for CT volumes on a grid of 1 mm, with a volume as its golden case."""
    card = read_manifest(VOLUME_MANIFEST, "")
    (folder / "golden").mkdir(parents=True)
    (folder / "manifest.toml").write_text(VOLUME_MANIFEST)
    (folder / "model.onnx").write_bytes(graph_of(card))
    (folder / "CARD.md").write_text("Flags bright spots in volumes. Made by the tests.\n")
    (folder / "reference.json").write_text(reference_json(measure([np.zeros((8, 8), np.uint8)])))
    voxels = np.full((20, 24, 28), -850, np.int16)
    voxels[4:12, 8:16, 12:20] = 30
    (folder / "golden" / "spot.mha").write_bytes(metaimage(voxels))
    complete_golden(folder)
    return folder


def metaimage(voxels, spacing_mm=(1.0, 1.0, 1.0)):
    """A CT volume, (D, H, W) int16, as the bytes of an uncompressed MetaImage."""
    keys = {"ObjectType": "Image", "NDims": 3, "Modality": "MET_MOD_CT", "DimSize": voxels.shape[::-1]}
    if spacing_mm is not None:
        keys["ElementSpacing"] = spacing_mm[::-1]
    keys |= {"ElementType": "MET_SHORT", "ElementDataFile": "LOCAL"}
    lines = [f"{key} = {' '.join(map(str, v)) if isinstance(v, tuple) else v}\n" for key, v in keys.items()]
    return "".join(lines).encode() + voxels.tobytes()


def picture(path, size=(70, 90), spots=((40, 60),), shade=0):
    """A grey picture with bright spots of 4x4 pixels at (y, x)."""
    path.parent.mkdir(exist_ok=True)
    pixels = np.full(size, shade, np.uint8)
    for y, x in spots:
        pixels[y : y + 4, x : x + 4] = 255
    Image.fromarray(pixels).save(path)
    return Found(str(path), path)


MANIFEST = """
[model]
id = "bright-spots"
version = "1.0.0"
task = "flags bright spots in grey pictures"
labels = ["spot"]
licence = "Apache-2.0"
attribution = "made by the tests"

[input]
channels = 1
tile = [32, 32]
batch = 2
low = 0.0
high = 1.0
mean = [0.0]
std = [1.0]

[head]
kind = "center"
stride = 4
nms_iou = 0.5
max_regions = 50

[thresholds]
sure = 0.5
unsure = 0.5

[efforts.full]
overlap = 0.25

[domain]
kinds = ["photograph"]
modalities = ["photo"]
size_px = [8, 4096]

[parity]
score = 0.001
box_px = 0.1

[acceptance]
ap50 = 0.9
"""

VOLUME_MANIFEST = (
    MANIFEST.replace('"bright-spots"', '"bright-spots-ct"')
    .replace("tile = [32, 32]", "tile = [32, 32, 32]\nspacing_mm = [1.0, 1.0, 1.0]")
    .replace("low = 0.0\nhigh = 1.0", "low = -850.0\nhigh = 30.0")
    .replace('kinds = ["photograph"]\nmodalities = ["photo"]', 'kinds = ["volume"]\nmodalities = ["CT"]')
)
