"""The settings of watched folders: a TOML file for many, checked one by one, each with a message that names it."""

from __future__ import annotations

import difflib
import math
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from engine.domain.request import Request
from engine.errors import UsageError
from engine.places import Home
from engine.queue.deadline import DeadlineRule
from engine.queue.watch.rule import FolderRule

_TABLE = "folder"
_LONGEST_S = 7 * 24 * 3600.0


def read_rules(file: Path) -> tuple[FolderRule, ...]:
    """Reads the rules of a file; what stands above the first `[[folder]]` holds for all of them.

    Raises:
        UsageError: US-WATCH, naming the file, the setting and what it may be.
    """
    try:
        table = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _wrong(f"{file} cannot be read: {error}.", "Mend the file, or name another with --config.") from error
    folders = table.pop(_TABLE, None)
    if not isinstance(folders, list) or not folders or not all(isinstance(one, dict) for one in folders):
        raise _wrong(f"{file} names no folder.", "Give each folder a table [[folder]] with its path.")
    return tuple(
        rule_of(table | folder, f"{file}, folder {number}", file.parent) for number, folder in enumerate(folders, 1)
    )


def rule_of(settings: Mapping[str, Any], where: str, relative_to: Path) -> FolderRule:
    """Makes a rule of settings by their names.

    Args:
        settings: as TOML gives them.
        where: they stand, for messages.
        relative_to: what a path that is not absolute begins from.

    Raises:
        UsageError: US-WATCH, naming the setting and what it may be.
    """
    values = {name: _value(name, value, where) for name, value in settings.items()}
    if "path" not in values:
        raise _wrong(f"{where} has no path.", "Give the folder that is to be watched.")
    rule = FolderRule(
        path=relative_to / Path(values["path"]).expanduser(),
        request=Request(**{"reuse": True} | _of(Request, values, {"model": "model_id"})),
        due=DeadlineRule(**_of(DeadlineRule, values, {"deadline_from": "counts_from"})),
        **{name: values[name] for name in _OF_FOLDER if name in values},
    )
    if (rule.completion == "marker") != bool(rule.marker):
        raise _wrong(
            f"{where} has {'a' if rule.marker else 'no'} marker, and its completion is {rule.completion}.",
            'Give both completion = "marker" and the name of the marker, or neither.',
        )
    return rule


def check_places(rules: Sequence[FolderRule], home: Home) -> None:
    """Returns where the folders lie apart from one another, and apart from the home; one may come later, as a share.

    Raises:
        UsageError: US-WATCH, naming the folder.
    """
    real: list[Path] = []
    for rule in rules:
        if rule.path.exists() and not rule.path.is_dir():
            raise _wrong(f"{rule.path} is not a folder.", "Name the folder that it lies in.")
        path = rule.path.resolve()
        for other in (home.root.resolve(), *real):
            if path.is_relative_to(other) or other.is_relative_to(path):
                raise _wrong(f"{rule.path} and {other} lie in one another.", "Watch folders that lie apart.")
        real.append(path)


def _one_of(*names: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if value not in names:
            raise ValueError(f"one of {', '.join(names)}")
        return str(value)

    return check


def _number(low: float, high: float) -> Callable[[Any], float]:
    def check(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise ValueError("a number")
        if not low <= value <= high:
            raise ValueError(f"a number from {low:g} to {high:g}")
        return float(value)

    return check


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("a text in quotes")
    return value


def _name(value: Any) -> str:
    if "/" in _text(value):
        raise ValueError("a name without folders")
    return str(value)


def _names(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError("a list of names")
    return tuple(map(_name, value))


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false")
    return value


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError("a whole number from 1 on")
    return value


def _priority(value: Any) -> int:
    return ("stat", "routine").index(_one_of("stat", "routine")(value))


SETTINGS: Mapping[str, Callable[[Any], Any]] = {
    "path": _text,
    "model": _text,
    "modality": _text,
    "threshold": _number(0.0, 1.0),
    "effort": _text,
    "reuse": _yes_or_no,
    "second": _text,
    "late": _one_of("answer", "drop"),
    "picture_s": _number(0.1, _LONGEST_S),
    "volume_s": _number(0.1, _LONGEST_S),
    "deadline_from": _one_of("first-seen", "acquired"),
    "priority": _priority,
    "completion": _one_of("closed", "renamed", "marker"),
    "marker": _name,
    "routing": _one_of("leave", "move"),
    "events": _one_of("auto", "inotify", "poll"),
    "ignore": _names,
    "settle_s": _number(0.0, 3600.0),
    "series_quiet_s": _number(0.0, _LONGEST_S),
    "wait_s": _number(0.0, _LONGEST_S),
    "rescan_s": _number(0.5, _LONGEST_S),
    "poll_s": _number(0.1, 3600.0),
    "most_waiting": _count,
}
"""By name: what makes a value of what TOML gives, or says in a ValueError what it should be."""

_OF_FOLDER = frozenset(field.name for field in fields(FolderRule)) & SETTINGS.keys() - {"path"}


def _value(name: str, value: Any, where: str) -> Any:
    if name not in SETTINGS:
        near = difflib.get_close_matches(name, SETTINGS, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(SETTINGS)}."
        raise _wrong(f"{where} has a setting {name} that there is not.", hint)
    try:
        return SETTINGS[name](value)
    except ValueError as error:
        raise _wrong(f"{where} has {name} = {value!r}.", f"Make it {error}.") from None


def _of(kind: type[Any], values: Mapping[str, Any], called: Mapping[str, str]) -> dict[str, Any]:
    """The values that are fields of a class, under the names that the class has for them."""
    known: Iterable[str] = [field.name for field in fields(kind)]
    named = {called.get(name, name): value for name, value in values.items()}
    return {name: named[name] for name in known if name in named}


def _wrong(message: str, next_step: str) -> UsageError:
    return UsageError("US-WATCH", message, next_step)
