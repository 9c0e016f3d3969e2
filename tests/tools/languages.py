"""Brings the translation files up to date: `python -m tests.tools.languages`.

Texts come from the source: what is given to `tr` or `later`, and the titles of commands. What is gone from the source
goes from the files; what is new stands there unfinished, and a test fails until somebody has translated it. The binary
files beside them are made by Qt's own `lrelease`.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parent.parent.parent
LANGUAGES = ROOT / "resources" / "languages"
LRELEASE = Path(PySide6.__file__).parent / "lrelease"
TEXT_AT = {"tr": 0, "later": 0, "Command": 1}
"""Which argument of a call is a text of the screens."""


def texts_of_source() -> list[str]:
    """Every text, in the order in which the source is read."""
    found: dict[str, None] = {}
    for path in sorted((ROOT / "app").rglob("*.py")):
        found |= dict.fromkeys(_texts(ast.parse(path.read_text("utf-8"))))
    return list(found)


def hidden_texts() -> list[str]:
    """Calls of `tr` that put a text together, so that nobody could have translated it: file and line of each."""
    return [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sorted((ROOT / "app").rglob("*.py"))
        for name, call in _calls(ast.parse(path.read_text("utf-8")))
        if name in TEXT_AT and isinstance(_text_of(name, call), ast.JoinedStr | ast.BinOp)
    ]


def translations(file: Path) -> dict[str, str]:
    """The finished translations of a file, by text."""
    found = {}
    for message in ET.parse(file).getroot().iter("message"):  # noqa: S314 -- our own file
        told = message.find("translation")
        if told is not None and told.get("type") != "unfinished":
            found[message.findtext("source") or ""] = told.text or ""
    return found


def written(language: str, texts: list[str], known: dict[str, str]) -> str:
    """The content of a translation file."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = "Fovea"
    for text in texts:
        message = ET.SubElement(context, "message")
        ET.SubElement(message, "source").text = text
        told = ET.SubElement(message, "translation")
        if text in known:
            told.text = known[text]
        else:
            told.set("type", "unfinished")
    ET.indent(root, "    ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{ET.tostring(root, "unicode")}\n'


def release(file: Path, target: Path) -> None:
    """Makes the binary file that the program reads."""
    command = [str(LRELEASE), "-silent", "-nounfinished", str(file), "-qm", str(target)]
    subprocess.run(command, check=True, capture_output=True)


def main() -> int:
    """Updates every file; tells how many texts wait for a translation."""
    texts, waiting = texts_of_source(), 0
    for file in sorted(LANGUAGES.glob("*.ts")):
        known = translations(file)
        language = file.stem.removeprefix("fovea_")
        file.write_text(written(language, texts, known), "utf-8")
        release(file, file.with_suffix(".qm"))
        missing = [text for text in texts if text not in known]
        waiting += len(missing)
        sys.stdout.write(f"{file.name}: {len(texts)} texts, {len(missing)} not translated\n")
        sys.stdout.writelines(f"  {text!r}\n" for text in missing)
    return int(waiting > 0)


def _texts(tree: ast.AST) -> Iterator[str]:
    for name, call in _calls(tree):
        if name in TEXT_AT:
            text = _text_of(name, call)
            if isinstance(text, ast.Constant) and isinstance(text.value, str) and text.value:
                yield text.value


def _calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id, node


def _text_of(name: str, call: ast.Call) -> ast.expr | None:
    at = TEXT_AT[name]
    return call.args[at] if len(call.args) > at else None


if __name__ == "__main__":
    sys.exit(main())
