"""`fovea models pack`: a package from a finished folder, or from an ONNX file and a form that is filled in."""

from __future__ import annotations

import sys
import tempfile
from argparse import Namespace
from pathlib import Path
from typing import Any

from app.cli.printing import print_error, print_json
from engine.detect.onnx_cpu import graph_says
from engine.errors import ModelError, UsageError
from engine.evaluate.rehearse import complete_golden, store_reference
from engine.places import Home
from engine.registry.form import blank_form, open_questions, read_form, require_answered, write_source
from engine.registry.graph_file import read_graph_file
from engine.registry.pack import pack
from engine.registry.sign import load_signing_key


def run(arguments: Namespace, _home: Home) -> int:
    """Makes the package; a form that is not there yet is written, and nothing is packed."""
    source: Path = arguments.source
    if source.suffix != ".onnx":
        if arguments.form is not None:
            raise UsageError("US-FORM", f"{source} is no .onnx file, and a form is for one.", "Leave --form out.")
        return _pack(source, arguments)
    if arguments.form is None:
        raise UsageError(
            "US-FORM",
            f"{source} is a graph alone.",
            "Give --form FILE; one that is not there is written to be filled in.",
        )
    graph = _graph(source)
    if not arguments.form.exists():
        return _begin(graph, arguments.form)
    form = _asked(read_form(arguments.form)) if _somebody_there(arguments) else read_form(arguments.form)
    require_answered(arguments.form, form)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "source"
        folder.mkdir()
        write_source(form, arguments.form.parent, graph, folder)
        return _pack(folder, arguments)


def _begin(graph: bytes, path: Path) -> int:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(blank_form(graph_says(graph)))
    except OSError as error:
        raise ModelError(
            "MD-FORM", f"The form {path} cannot be written: {error.strerror}.", "Name another file."
        ) from error
    print(f"{path} is a form with what the graph says. Fill it in and run the same command again.", file=sys.stderr)
    return 1


def _somebody_there(arguments: Namespace) -> bool:
    return not arguments.json and sys.stdin.isatty()


def _asked(form: dict[str, Any]) -> dict[str, Any]:
    """Asks for each open field until it is answered; an empty line leaves it open."""
    for question in open_questions(form):
        print(f"{question.place}: {question.field.says}", file=sys.stderr)
        while text := input("> ").strip():
            try:
                form = question.answered(form, text)
                break
            except ModelError as error:
                print_error(error)
    return form


def _graph(path: Path) -> bytes:
    try:
        graph = path.read_bytes()
    except OSError as error:
        raise ModelError("MD-MISSING", f"{path} cannot be read: {error.strerror}.", "Name the graph's file.") from error
    if elsewhere := read_graph_file(graph).elsewhere:
        raise ModelError(
            "MD-GRAPH",
            f"The weights '{elsewhere[0]}' of {path} lie in another file.",
            "Save the graph with its weights inside.",
        )
    return graph


def _pack(folder: Path, arguments: Namespace) -> int:
    key = load_signing_key(arguments.key) if arguments.key else None
    for name in complete_golden(folder):
        print(f"Golden case {name}: answered on this machine and written beside its picture", file=sys.stderr)
    for name in store_reference(folder):
        print(f"Golden case {name}: what torch answers was written beside it", file=sys.stderr)
    package = pack(folder, arguments.target, key)
    if arguments.json:
        print_json({"model": package.card.name, "hash": package.card.hash, "path": str(package.path)})
    else:
        print(
            f"Packed {package.card.name} into {package.path}" + ("" if key else ", unsigned: the shelf will refuse it")
        )
    return 0
