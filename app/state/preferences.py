"""How a person wants the window: appearance, language, habits and keys; checked value by value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any, Literal

from app.state.announce import Announcer
from app.state.commands import COMMANDS

Theme = Literal["dark", "light"]
Language = Literal["system", "en", "de"]
DragUp = Literal["brighter", "darker"]
Outlines = Literal["box", "contour", "both"]
Keys = Mapping[str, tuple[str, ...]]

OUTLINES: tuple[Outlines, ...] = ("box", "contour", "both")
"""What is drawn around a region, in the order in which the command goes through it."""

TEXT_PERCENT = (100, 125, 150, 175, 200)


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person has chosen.

    Args:
        theme: of panels and bars; behind pictures it is always dark.
        text_percent: size of all text, in terms of the system's.
        language: `system` takes the desktop's own.
        next_by_itself: after the last region of a study is judged, the next study opens.
        drag_up: what dragging upwards does to the brightness of a picture.
        outlines: what is drawn around a region.
        keys: of the commands whose keys were changed, by name, in Qt's portable notation.
        frame: where the window was, as Qt describes it in hexadecimal digits; empty where that is not known.
        picture_frame: the same of the picture's own window.
        picture_apart: the picture was in a window of its own.
    """

    theme: Theme = "dark"
    text_percent: int = 100
    language: Language = "system"
    next_by_itself: bool = True
    drag_up: DragUp = "brighter"
    outlines: Outlines = "both"
    keys: Keys = field(default_factory=lambda: MappingProxyType({}))
    frame: str = ""
    picture_frame: str = ""
    picture_apart: bool = False


class Preferred:
    """The preferences in force; a change is announced after it is made.

    Args:
        now: what holds at first.
    """

    def __init__(self, now: Preferences | None = None) -> None:
        self._now = now or Preferences()
        self.changed: Announcer[Preferences] = Announcer()

    @property
    def now(self) -> Preferences:
        """What holds."""
        return self._now

    def set(self, **changes: Any) -> None:
        """Changes some of them.

        Raises:
            ValueError: a value is not one that may be chosen; it says what may.
        """
        fresh = replace(self._now, **{name: CHECKS[name](value) for name, value in changes.items()})
        if fresh != self._now:
            self._now = fresh
            self.changed.announce(fresh)


def preferences_of(stored: object) -> Preferences:
    """What was stored, as far as it is sound: an unknown or odd value costs that value alone."""
    found: dict[str, Any] = {}
    for name, value in (stored if isinstance(stored, dict) else {}).items():
        if name in CHECKS:
            try:
                found[name] = CHECKS[name](value)
            except ValueError:
                continue
    return Preferences(**found)


def stored_form(preferences: Preferences) -> dict[str, Any]:
    """The preferences as JSON keeps them."""
    values = {each.name: getattr(preferences, each.name) for each in fields(preferences)}
    return values | {"keys": {name: list(keys) for name, keys in preferences.keys.items()}}


def _one_of(*choices: object) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if not any(value == choice and type(value) is type(choice) for choice in choices):
            raise ValueError(f"one of {', '.join(map(str, choices))}")
        return value

    return check


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("a text")
    return value


def _keys(value: Any) -> Keys:
    if not isinstance(value, Mapping):
        raise ValueError("keys by the names of commands")
    names = {command.name for command in COMMANDS}
    known = {name: tuple(map(_text, keys)) for name, keys in value.items() if name in names}
    return MappingProxyType(known)


CHECKS: Mapping[str, Callable[[Any], Any]] = {
    "theme": _one_of("dark", "light"),
    "text_percent": _one_of(*TEXT_PERCENT),
    "language": _one_of("system", "en", "de"),
    "next_by_itself": _one_of(True, False),
    "drag_up": _one_of("brighter", "darker"),
    "outlines": _one_of(*OUTLINES),
    "keys": _keys,
    "frame": _text,
    "picture_frame": _text,
    "picture_apart": _one_of(True, False),
}
"""By name: what lets a value through, or says in a ValueError what may be chosen."""
