"""The form that turns a bare `model.onnx` into a folder to pack: the manifest's tables, and where the rest lies.

A form is TOML: the tables of `manifest.toml`, and a table `[package]` with the card, the golden pictures and the
training images. What is not filled in is asked for, in the words of the manifest's own fields.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.checks.sketch import sketch_of
from engine.domain.acquisition import Acquisition
from engine.domain.model_card import InputSpec
from engine.domain.sketch import Sketch
from engine.errors import ModelError
from engine.intake.find import find_one
from engine.intake.read import read_study
from engine.registry.fields import Field, Fields, ListOf, Named, Number, Text
from engine.registry.head_fields import HeadFields
from engine.registry.likeness import likeness_of
from engine.registry.manifest import TABLES, read_manifest
from engine.registry.package import CARD, GOLDEN, GRAPH, MANIFEST, REFERENCE, TRAINED
from engine.registry.reference import measure, reference_json, with_scanners
from engine.registry.trained import trained_text

PACKAGE = Fields(
    (
        Field("card", Text(), "The text file that becomes CARD.md: for what, from what, figures, limits."),
        Field("golden", ListOf(Text()), "Pictures (.png) or volumes (.mha) that every machine must answer alike."),
        Field("images", ListOf(Text()), "Training images, for the statistics that tell later that the world changed."),
    )
)
"""Files are named relative to the form."""

_FIGURE = Field("sensitivity", Number(), "One figure of the test split at least; more can stand beside it.")


@dataclass(frozen=True, slots=True)
class Question:
    """A field that is not filled in.

    Args:
        table: names of its table and of those that this one stands in.
        field: what is asked for.
    """

    table: tuple[str, ...]
    field: Field

    @property
    def place(self) -> str:
        """As an error would name it."""
        return f"[{'.'.join(self.table)}] {self.field.name}"

    def answered(self, form: Mapping[str, Any], text: str) -> dict[str, Any]:
        """The form with an answer, which is a TOML value; what is none is taken for plain text.

        Raises:
            ModelError: MD-MANIFEST, the answer is not what the field may hold.
        """
        try:
            value = tomllib.loads(f"value = {text}")["value"]
        except tomllib.TOMLDecodeError:
            value = text
        self.field.form.read(value, self.place)
        return _with(form, (*self.table, self.field.name), value)


def read_form(path: Path) -> dict[str, Any]:
    """The tables of a form.

    Raises:
        ModelError: MD-FORM, it cannot be read or is not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError("MD-FORM", f"The form {path} cannot be read: {error}.", "Correct it.") from error


def open_questions(form: Mapping[str, Any]) -> tuple[Question, ...]:
    """What is still to be filled in, in the order of the manifest."""
    return (*(question for field in TABLES.fields for question in _open(field, form)), *_open_rest(form))


def require_answered(path: Path, form: Mapping[str, Any]) -> None:
    """Lets a form through in which nothing is missing.

    Raises:
        ModelError: MD-FORM, naming all that is missing.
    """
    if questions := open_questions(form):
        raise ModelError(
            "MD-FORM",
            f"The form {path} leaves {len(questions)} fields open: {', '.join(one.place for one in questions)}.",
            "Fill them in; `fovea models pack` asks for them where it is run by hand.",
        )


def blank_form(graph_says: Mapping[str, Mapping[str, Any]]) -> str:
    """A form with what the graph says filled in, and each open field with its meaning as a comment."""
    return (
        toml_text(graph_says)
        + "".join(f"\n# {question.place}\n#   {question.field.says}" for question in open_questions(graph_says))
        + "\n"
    )


def write_source(form: Mapping[str, Any], beside: Path, graph: bytes, folder: Path) -> None:
    """Writes the folder that `engine.registry.pack` wants; golden cases are still to be answered.

    Args:
        form: filled in.
        beside: the folder that the form's file names are relative to.
        graph: the content of `model.onnx`.
        folder: empty.

    Raises:
        ModelError: MD-MANIFEST; MD-FORM, a file that the form names is not there.
        InputError: a training image cannot be read.
    """
    manifest = toml_text({name: table for name, table in form.items() if name != "package"})
    card = read_manifest(manifest, "0" * 64)
    named = PACKAGE.read(form["package"], "[package]")
    (folder / MANIFEST).write_text(manifest, encoding="utf-8")
    (folder / GRAPH).write_bytes(graph)
    (folder / CARD).write_bytes(_content(beside / named["card"]))
    (folder / GOLDEN).mkdir()
    for name in named["golden"]:
        (folder / GOLDEN / Path(name).name).write_bytes(_content(beside / name))
    seen = _Seen([], [], [])
    measured = measure((_shares(beside / name, card.input, seen) for name in named["images"]), 1.0)
    reference = with_scanners(replace(measured, likeness=likeness_of(seen.sketches)), seen.acquisitions)
    (folder / REFERENCE).write_text(reference_json(reference), encoding="utf-8")
    (folder / TRAINED).write_text(trained_text(seen.hashes), encoding="ascii")


def toml_text(tables: Mapping[str, Any]) -> str:
    """Tables as TOML, those inside others after them; values are written the same in JSON."""
    return "".join(_table_lines((name,), table) for name, table in tables.items())


def _table_lines(names: tuple[str, ...], table: Mapping[str, Any]) -> str:
    plain = {name: value for name, value in table.items() if not isinstance(value, Mapping)}
    inner = {name: value for name, value in table.items() if isinstance(value, Mapping)}
    lines = "".join(f"{name} = {json.dumps(value)}\n" for name, value in plain.items())
    return f"[{'.'.join(names)}]\n{lines}\n" + "".join(
        _table_lines((*names, name), value) for name, value in inner.items()
    )


def _open(field: Field, form: Mapping[str, Any]) -> Iterator[Question]:
    if not field.required and field.name not in form:
        return
    given = form.get(field.name, {})
    if isinstance(field.form, HeadFields):
        yield from _missing((field.name,), field.form.fields_of(given), given)
    elif isinstance(field.form, Fields):
        yield from _missing((field.name,), field.form, given)
    elif isinstance(field.form, Named) and isinstance(field.form.item, Fields):
        for name in field.form.required:
            yield from _missing((field.name, name), field.form.item, given.get(name, {}))


def _open_rest(form: Mapping[str, Any]) -> Iterator[Question]:
    if not form.get("acceptance"):
        yield Question(("acceptance",), _FIGURE)
    yield from _missing(("package",), PACKAGE, form.get("package", {}))


def _missing(table: tuple[str, ...], fields: Fields, given: Mapping[str, Any]) -> Iterator[Question]:
    for field in fields.fields:
        if field.required and field.name not in given:
            yield Question(table, field)


def _with(form: Mapping[str, Any], names: tuple[str, ...], value: Any) -> dict[str, Any]:
    first, *rest = names
    return {**form, first: _with(form.get(first, {}), tuple(rest), value) if rest else value}


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(
            "MD-FORM", f"{path}, which the form names, cannot be read: {error.strerror}.", "Correct the form."
        ) from error


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is noted of each training image."""

    hashes: list[str]
    sketches: list[Sketch]
    acquisitions: list[Acquisition]


def _shares(path: Path, spec: InputSpec, seen: _Seen) -> NDArray[np.float64]:
    """Pixels as 0..1: of pictures of the stored range, of volumes of the model's window; what else it says is noted."""
    loaded = read_study(find_one(path))
    scan = loaded.scan
    seen.hashes.append(loaded.study.content_hash)
    seen.sketches.append(sketch_of(scan, spec))
    seen.acquisitions.append(Acquisition.of(scan))
    if len(scan.shape) == 2:
        return scan.pixels / float(scan.stored_max)
    values = scan.pixels * scan.slope + scan.intercept
    shares: NDArray[np.float64] = np.clip((values - spec.low) / (spec.high - spec.low), 0.0, 1.0)
    return shares.reshape(shares.shape[0], -1)
