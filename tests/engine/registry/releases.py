"""Further versions of the tests' tiny model, packed and signed for a home that trusts their maker."""

import json

from engine.evaluate.rehearse import complete_golden
from engine.registry.pack import pack
from engine.registry.sign import load_signing_key
from tests.engine.tiny_model import graph_of, picture, write_source

STATED = '[bright-spots]\ntruth = "set/truth.json"\nimages = "set"\nsensitivity = 0.6\n'


def packed(tmp_path, version, *, bias=-14.0, name=None):
    """A zip of the model whose bright cells need `-bias / 20` of brightness, so a low bias misses dim spots."""
    source = write_source(tmp_path / f"source-{version}")
    manifest = (source / "manifest.toml").read_text().replace('version = "1.0.0"', f'version = "{version}"')
    (source / "manifest.toml").write_text(manifest)
    (source / "model.onnx").write_bytes(graph_of(bias=bias))
    (source / "golden" / "spot.json").unlink()
    for network in source.glob("golden/*.npy"):
        network.unlink()
    complete_golden(source)
    return pack(source, tmp_path / (name or f"{version}.zip"), load_signing_key(tmp_path / "maker.key")).path


def state_requirements(home):
    """Gives a home a validation set of six pictures, and requirements that the tiny model meets."""
    folder = home.root / "set"
    images = [{"id": n, "file_name": f"{n}.png", "width": 90, "height": 70, "group": str(n)} for n in range(6)]
    for number in range(6):
        picture(folder / f"{number}.png", spots=((12, 12),) if number < 4 else ())
    boxes = [{"id": n, "image_id": n, "category_id": 1, "bbox": [10, 10, 8, 8], "iscrowd": 0} for n in range(4)]
    truth = {"images": images, "annotations": boxes, "categories": [{"id": 1, "name": "spot"}]}
    (folder / "truth.json").write_text(json.dumps(truth))
    home.requirements.write_text(STATED)
