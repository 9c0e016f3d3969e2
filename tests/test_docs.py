"""The manual against the program: every command, option and error code stands in it, and the other way round."""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli.parser import build_parser
from app.state.commands import COMMANDS, MOUSE

_PREFIXES = "IN|OD|MD|ST|NW|QU|BE|LE|EX|US|BU|PR"
_CODE = re.compile(rf"(?:{_PREFIXES})-[A-Z][A-Z0-9-]*")
_CODE_ROW = re.compile(rf"^\| ((?:{_PREFIXES})-[A-Z0-9-]+) \| .+ \| .+ \|$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


def codes_in_the_program(root: Path) -> tuple[set[str], set[str]]:
    """The codes written out in the source, and patterns of those that are put together: `IN-[A-Z]+-TRUNCATED`."""
    codes, patterns = set(), set()
    for package in ("app", "engine", "kernels"):
        for path in (root / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.fullmatch(node.value):
                    codes.add(node.value)
                elif isinstance(node, ast.JoinedStr):
                    parts = (part.value if isinstance(part, ast.Constant) else "[A-Z]+" for part in node.values)
                    text = "".join(map(str, parts))
                    if re.fullmatch(rf"(?:{_PREFIXES})-[][A-Z+-]+", text):
                        patterns.add(text)
    return codes, patterns


def commands(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Each command with its parser, actions of a command included: `models list`."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, sub in action.choices.items():
                yield name, sub
                yield from ((f"{name} {inner}", parser_) for inner, parser_ in commands(sub))


@pytest.fixture(scope="module")
def manual(root: Path) -> str:
    return (root / "docs" / "manual" / "cli.md").read_text()


def test_every_error_code_stands_in_the_manual_and_the_other_way_round(root: Path) -> None:
    explained = _CODE_ROW.findall((root / "docs" / "errors.md").read_text())
    codes, patterns = codes_in_the_program(root)
    built = {code for code in explained for pattern in patterns if re.fullmatch(pattern, code)}
    assert sorted(explained) == sorted(codes | built)
    assert [pattern for pattern in patterns if not any(re.fullmatch(pattern, code) for code in explained)] == []


def test_every_command_stands_in_the_manual(manual: str) -> None:
    inline = " ".join(re.findall(r"`([^`\n]+)`", manual))
    missing = [name for name, _ in commands(build_parser()) if not re.search(rf"\b{name.split()[-1]}\b", inline)]
    assert missing == []


def test_every_command_in_the_manual_exists(manual: str) -> None:
    named = set(re.findall(r"`fovea ([a-z]+)\b", manual))
    assert named <= {name for name, _ in commands(build_parser())}


def test_every_option_stands_in_the_manual_and_the_other_way_round(manual: str) -> None:
    options = {
        text
        for _, parser in [("", build_parser()), *commands(build_parser())]
        for action in parser._actions
        for text in action.option_strings
        if text.startswith("--")
    }
    assert set(re.findall(r"--[a-z][a-z-]*", manual)) == options


def test_every_key_and_mouse_action_of_the_window_stands_in_the_manual_and_the_other_way_round(root: Path) -> None:
    page = (root / "docs" / "manual" / "window.md").read_text()
    keys = {command.title.rstrip("."): set(command.keys) for command in COMMANDS}
    rows = re.findall(r"^\| (?!-|what |command )(.+) \| (.+) \|$", page, re.MULTILINE)
    told = dict(rows)
    assert len(told) == len(rows)
    assert set(told) == set(keys) | {what for what, _ in MOUSE}
    assert {title: set(re.findall(r"`([^`]+)`", told[title])) for title in keys} == keys
    assert {what: told[what] for what, _ in MOUSE} == dict(MOUSE)


@pytest.mark.parametrize("page", ["README.md", "docs"])
def test_links_between_pages_lead_somewhere(root: Path, page: str) -> None:
    place = root / page
    pages = [place] if place.is_file() else sorted(place.rglob("*.md"))
    links = [(path, link) for path in pages for link in _LINK.findall(path.read_text()) if "://" not in link]
    assert [f"{path.relative_to(root)}: {link}" for path, link in links if not (path.parent / link).exists()] == []


def test_make_targets_of_the_readme_exist(root: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):.*##", (root / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b(?=`| +#)", (root / "README.md").read_text())) <= targets
