"""How refusals are written: each names what it is about, ends its sentence, and says what a person can do next."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

INTAKE = ROOT / "engine" / "intake"


def refusals(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "InputError":
            yield node


def all_refusals() -> list[tuple[str, ast.Call]]:
    paths = sorted(INTAKE.rglob("*.py"))
    return [(f"{path.relative_to(ROOT)}:{call.lineno}", call) for path in paths for call in refusals(path)]


def ends_in_a_full_stop(text: ast.expr) -> bool:
    """Of a text written out; one that is handed on was judged where it was written."""
    if isinstance(text, ast.JoinedStr):
        text = text.values[-1]
    return not isinstance(text, ast.Constant) or str(text.value).endswith(".")


@pytest.mark.parametrize(("place", "call"), all_refusals(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_refusal_has_a_code_a_sentence_that_names_something_and_a_next_step(place: str, call: ast.Call) -> None:
    assert len(call.args) == 3, "code, message, next step"
    code, message, next_step = call.args
    assert isinstance(code, ast.Constant | ast.JoinedStr | ast.Name | ast.Attribute)
    assert not isinstance(message, ast.Constant), "a sentence that is always the same names neither file nor value"
    assert ends_in_a_full_stop(message)
    assert ends_in_a_full_stop(next_step)
    assert not (isinstance(next_step, ast.Constant) and not next_step.value)


def test_there_are_refusals_to_look_at() -> None:
    assert len(all_refusals()) > 40
