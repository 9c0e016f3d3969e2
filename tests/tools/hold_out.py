"""`python -m tests.tools.hold_out DATA OUT`: every tenth image of a COCO training split becomes a validation split.

DATA holds `annotations/trainval.json`, `annotations/test.json` and `images/`, as `../shared/data/pcb` does. OUT gets
`annotations/` with train, validation and test, and a link to the images.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from engine.errors import FoveaError
from engine.evaluate.truth import read_truth

EVERY = 10


def main() -> int:
    options = _options()
    try:
        for split, images in hold_out(options.data, options.out).items():
            sys.stdout.write(f"{split}: {images} images\n")
    except (FoveaError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def hold_out(data: Path, out: Path) -> dict[str, int]:
    """Writes the three splits.

    Returns:
        How many images each has.

    Raises:
        LearnError: LE-TRUTH for unsound annotations.
        OSError: something cannot be read, or OUT cannot be written to.
    """
    given = {name: _sound(data / "annotations" / f"{name}.json") for name in ("trainval", "test")}
    images = given["trainval"]["images"]
    held = images[::EVERY]
    learned = [image for image in images if image not in held]
    splits = {
        "train": _of(given["trainval"], learned),
        "validation": _of(given["trainval"], held),
        "test": given["test"],
    }
    (out / "annotations").mkdir(parents=True, exist_ok=True)
    for split, truth in splits.items():
        (out / "annotations" / f"{split}.json").write_text(json.dumps(truth, indent=1) + "\n", encoding="utf-8")
    link = out / "images"
    link.unlink(missing_ok=True)
    link.symlink_to((data / "images").resolve(strict=True))
    return {split: len(truth["images"]) for split, truth in splits.items()}


def _sound(path: Path) -> dict[str, Any]:
    read_truth(path)  # refuses what is no sound COCO file
    truth: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return truth


def _of(truth: dict[str, Any], images: list[dict[str, Any]]) -> dict[str, Any]:
    """The same file with some of its images and what is annotated in them."""
    kept = {image["id"] for image in images}
    return {**truth, "images": images, "annotations": [a for a in truth["annotations"] if a["image_id"] in kept]}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.tools.hold_out", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="folder with annotations/trainval.json, annotations/test.json, images")
    parser.add_argument("out", type=Path, help="gets annotations/ with train, validation and test, and the images")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
