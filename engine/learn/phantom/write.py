"""Writes a set: a MetaImage or a DICOM series a scan, and the truth of all of them as one COCO file."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from engine.errors import LearnError
from engine.learn.phantom.case import Case, render
from engine.learn.phantom.dicom import write_series
from engine.learn.phantom.plan import LUNGS, Field, Plan, plan_case
from engine.learn.phantom.profile import Split

Form = Literal["mha", "jpeg-ls", "uncompressed"]

TRUTH_FILE = "truth.json"
LABEL = "nodule"

GENERATOR = 2
"""Grows whenever the same seed makes other scans."""


@dataclass(frozen=True, slots=True)
class Written:
    """One scan that was written: its file, and what the truth file says of it."""

    path: Path
    image: dict[str, Any]
    annotations: tuple[dict[str, Any], ...]


def write_set(
    folder: Path,
    split: Split,
    seed: int,
    indices: Sequence[int],
    nodules: int | None = None,
    field: Field = LUNGS,
    form: Form = "mha",
) -> Iterator[Written]:
    """Writes the cases of a set one by one, and the truth of those so far after each.

    A scan that is there already is kept, so that a set that was interrupted goes on where it stopped; but the truth is
    always that of the scans asked for, so a folder with others is refused.

    Args:
        folder: made where it lacks.
        nodules: how many in each case; None draws the number.
        form: a MetaImage a scan, or a folder with a DICOM series, JPEG-LS or uncompressed.

    Raises:
        OSError: the folder cannot be written to.
        LearnError: LE-TRUTH, the folder holds scans that were made otherwise.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made_of = {"generator": GENERATOR, "split": split, "seed": seed, "nodules": nodules, "form": form, **asdict(field)}
    _require_same(folder / TRUTH_FILE, made_of)
    written: list[Written] = []
    for number, index in enumerate(indices, 1):
        plan = plan_case(split, seed, index, field, nodules)
        path = folder / (f"{plan.name}.mha" if form == "mha" else plan.name)
        if not path.exists():
            _write(render(plan), path, form, seed)
        written.append(Written(path, _image(number, path.name, plan), _annotations(number, plan)))
        _write_truth(folder / TRUTH_FILE, written, made_of)
        yield written[-1]


def _write(case: Case, path: Path, form: Form, seed: int) -> None:
    """Writes one scan; it is there in full or not at all."""
    unfinished = path.with_name(f"unfinished-{path.name}")
    if form == "mha":
        write_mha(case, unfinished)
    else:
        write_series(case, unfinished, seed, compressed=form == "jpeg-ls")
    unfinished.replace(path)


def write_mha(case: Case, path: Path) -> None:
    """Writes the voxels as compressed MetaImage, with their geometry and what SimpleITK leaves out: that they are CT.

    Source: the keys of MetaImage, https://itk.org/Wiki/MetaIO/Documentation
    """
    grid = case.plan.grid
    packed = zlib.compress(case.voxels.astype("<i2").tobytes(), level=4)
    keys = {
        "ObjectType": "Image",
        "NDims": 3,
        "BinaryData": True,
        "BinaryDataByteOrderMSB": False,
        "CompressedData": True,
        "CompressedDataSize": len(packed),
        "Modality": "MET_MOD_CT",
        "TransformMatrix": "1 0 0 0 1 0 0 0 1",
        "Offset": _words(grid.origin_mm),
        "ElementSpacing": _words(grid.step_mm),
        "DimSize": _words(grid.shape),
        "ElementType": "MET_SHORT",
        "ElementDataFile": "LOCAL",
    }
    path.write_bytes("".join(f"{key} = {value}\n" for key, value in keys.items()).encode("ascii") + packed)


def _words(zyx: Sequence[float]) -> str:
    return " ".join(repr(value) for value in reversed(zyx))


def _require_same(truth: Path, made_of: Mapping[str, Any]) -> None:
    if truth.exists() and _info(truth).get("made_of") != made_of:
        raise LearnError(
            "LE-TRUTH",
            f"{truth.parent} holds scans of another set, of other sizes or of another version of the generator.",
            "Name another folder, or remove that one.",
        )


def _info(truth: Path) -> dict[str, Any]:
    """What a truth file says of itself; nothing where it is none.

    Raises:
        OSError: it cannot be read.
    """
    try:
        info = json.loads(truth.read_text(encoding="utf-8"))["info"]
    except (ValueError, KeyError, TypeError):
        return {}
    return info if isinstance(info, dict) else {}


def _write_truth(path: Path, written: Sequence[Written], made_of: Mapping[str, Any]) -> None:
    """Writes the COCO file; its numbers of annotations run through all scans."""
    description = "Simulated chest CT: no person's anatomy. Not for clinical use."
    table = {
        "info": {"description": description, "made_of": made_of},
        "categories": [{"id": 1, "name": LABEL}],
        "images": [scan.image for scan in written],
        "annotations": [
            {"id": number, **found}
            for number, found in enumerate((found for scan in written for found in scan.annotations), 1)
        ],
    }
    unfinished = path.with_name(f"unfinished-{path.name}")
    unfinished.write_text(json.dumps(table, indent=1), encoding="utf-8")
    unfinished.replace(path)


def _image(number: int, file_name: str, plan: Plan) -> dict[str, Any]:
    depth, height, width = plan.grid.shape
    made = plan.acquisition
    return {
        "id": number,
        "file_name": file_name,
        "depth": depth,
        "height": height,
        "width": width,
        "group": plan.name,
        "kernel": made.kernel.name,
        "spacing_mm": [round(side, 4) for side in plan.grid.step_mm],
        "thickness_mm": made.slices.thickness_mm,
        "noise_hu": round(made.noise_hu, 1),
    }


def _annotations(number: int, plan: Plan) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "image_id": number,
            "category_id": 1,
            "box_vox": list(nodule.box_vox),
            "diameter_mm": round(nodule.diameter_mm, 2),
            "volume_mm3": round(nodule.volume_mm3, 1),
            "kind": nodule.kind,
            "attached": nodule.attached,
            "mean_hu": round(nodule.hu),
            "cnr": round(nodule.cnr, 1),
        }
        for nodule in plan.truth
    )
