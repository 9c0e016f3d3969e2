"""What the turn of a model is made of, by command and by mouse alike: real photographs, a maker, worse and better."""

import json
import random
import shutil

import numpy as np
from PIL import Image

from engine.evaluate.rehearse import complete_golden
from engine.places import RESOURCES
from engine.registry.pack import pack
from engine.registry.sign import load_signing_key, make_key_pair

IMAGES = 10
SHIPPED = "1.1.2"
WORSE, BETTER = "1.2.0", "1.3.0"
UNCHANGED, DARKENED = 32, 28
"""Photographs before the lamp fails, and after it: enough for the watch to be sure."""

DARKER = 0.4
STATED = """
[surface-pitting]
truth = "validation/truth.json"
images = "validation"
sensitivity = 0.7
false_per_image = 1.0
"""


def make_site(home, shared):
    """A home with a maker whom it trusts, and requirements on the first photographs of the test split with findings."""
    (home.keys / "trusted").mkdir(parents=True)
    make_key_pair(home.root.parent / "maker.key", home.keys / "trusted" / "maker.pub")
    truth = split_of_tests(shared)
    found = {one["image_id"] for one in truth["annotations"]}
    truth["images"] = [image for image in truth["images"] if image["id"] in found][:IMAGES]
    kept = {image["id"] for image in truth["images"]}
    truth["annotations"] = [one for one in truth["annotations"] if one["image_id"] in kept]
    folder = home.root / "validation"
    for image in truth["images"]:
        target = folder / image["file_name"]
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(shared / "data" / "bsd" / image["file_name"], target)
    (folder / "truth.json").write_text(json.dumps(truth))
    home.requirements.write_text(STATED)
    return home


def split_of_tests(shared):
    return json.loads((shared / "data" / "bsd" / "annotations" / "test.json").read_text())


def version_of(home, version, sure):
    """The bundled model under another version and threshold, signed by the maker."""
    source = home.root.parent / f"source-{version}"
    shutil.copytree(RESOURCES / "models" / "surface-pitting", source, ignore=shutil.ignore_patterns("SHA256SUMS*"))
    manifest = (source / "manifest.toml").read_text()
    for old, new in ((SHIPPED, version), ("sure = 0.299", f"sure = {sure}"), ("unsure = 0.246", f"unsure = {sure}")):
        assert old in manifest
        manifest = manifest.replace(old, new, 1)
    (source / "manifest.toml").write_text(manifest)
    for answer in (source / "golden").glob("*.json"):
        answer.unlink()
    complete_golden(source)
    return pack(source, home.root.parent / f"{version}.zip", load_signing_key(home.root.parent / "maker.key")).path


def worse(home):
    """A version that is sure of next to nothing."""
    return version_of(home, WORSE, 0.97)


def better(home):
    """A version that finds what the shipped one finds, and a little more."""
    return version_of(home, BETTER, 0.29)


def camera(folder, shared):
    """Photographs of the test split as a camera takes them into a folder: the first ones, and those under a dark lamp.

    Returns:
        The paths of both, in an order that their names do not give away.
    """
    names = [image["file_name"] for image in split_of_tests(shared)["images"]]
    random.Random(1).shuffle(names)
    folder.mkdir(parents=True)
    before = [folder / f"{at:02}.png" for at in range(UNCHANGED)]
    after = [folder / f"{at:02}.png" for at in range(UNCHANGED, UNCHANGED + DARKENED)]
    for at, path in enumerate((*before, *after)):
        pixels = np.asarray(Image.open(shared / "data" / "bsd" / names[at]).convert("RGB"))
        if path in after:
            pixels = (pixels * DARKER).astype(np.uint8)
        Image.fromarray(pixels).save(path)
    return before, after
