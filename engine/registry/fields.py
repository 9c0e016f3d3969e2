"""The forms of a manifest's fields: each reads a value or says what is wrong with it, and states itself as JSON Schema.

The reader and the published schema come from the same declarations, so that neither can promise what the other refuses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn, Protocol

from engine.errors import ModelError

NUMBER_MAX = 1e30

Schema = dict[str, Any]


class Form(Protocol):
    """What a field may hold."""

    def read(self, value: object, where: str) -> Any:
        """The value as a card holds it.

        Raises:
            ModelError: MD-MANIFEST, naming the place.
        """

    def schema(self) -> Schema:
        """The same as JSON Schema."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words, or what a pattern matches in full.

    Args:
        pattern: regular expression; None takes any text that is not blank.
        wanted: the pattern in words.
    """

    pattern: str | None = None
    wanted: str = ""

    def read(self, value: object, where: str) -> str:
        if not isinstance(value, str) or not value.strip():
            wrong(where, "must be text")
        if self.pattern is not None and not re.fullmatch(self.pattern, value):
            wrong(where, f"is '{value}', wanted {self.wanted}")
        return value

    def schema(self) -> Schema:
        return {"type": "string", "pattern": r"\S" if self.pattern is None else f"^(?:{self.pattern})$"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some names.

    Args:
        names: those that are known.
        verb: how a wrong one is told of; `names` in a list.
        refused: known names that are not taken, each with the reason.
    """

    names: tuple[str, ...]
    verb: str = "is"
    refused: tuple[tuple[str, str], ...] = ()

    def read(self, value: object, where: str) -> str:
        if reason := dict(self.refused).get(value if isinstance(value, str) else ""):
            wrong(where, f"{self.verb} {value!r}, {reason}")
        if value not in self.names:
            wrong(where, f"{self.verb} {value!r}, known are {', '.join(self.names)}")
        return str(value)

    def schema(self) -> Schema:
        return {"enum": list(self.names)}


@dataclass(frozen=True, slots=True)
class Number:
    """A number.

    Args:
        least: smallest that is allowed.
        most: largest that is allowed.
        above: a limit that itself is not allowed.
    """

    least: float | None = None
    most: float | None = None
    above: float | None = None

    def read(self, value: object, where: str) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            wrong(where, "must be a number")
        if not -NUMBER_MAX <= value <= NUMBER_MAX:  # NaN as well, which TOML can write
            wrong(where, f"is beyond +-{NUMBER_MAX:g}")
        if self.above is not None and not value > self.above:
            wrong(where, f"must be above {self.above:g}")
        if (self.least is not None and value < self.least) or (self.most is not None and value > self.most):
            wrong(where, f"is {value:g}, allowed is {self._range()}")
        return float(value)

    def schema(self) -> Schema:
        least = -NUMBER_MAX if self.least is None else self.least
        limits: Schema = {"minimum": least} if self.above is None else {"exclusiveMinimum": self.above}
        return {"type": "number", **limits, "maximum": NUMBER_MAX if self.most is None else self.most}

    def _range(self) -> str:
        if self.most is None:
            return f"{self.least:g} or more"
        return f"up to {self.most:g}" if self.least is None else f"{self.least:g} to {self.most:g}"


SHARE = Number(0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number of at least so much."""

    least: int

    def read(self, value: object, where: str) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or value < self.least:
            wrong(where, f"must be a whole number of at least {self.least}")
        return value

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": self.least}


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    def read(self, value: object, where: str) -> bool:
        if not isinstance(value, bool):
            wrong(where, "must be true or false")
        return value

    def schema(self) -> Schema:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of one form.

    Args:
        item: form of each.
        least: how many at least.
        most: how many at most; None is any number.
        wanted: what it must be, in words, where the number is wrong; empty tells the number.
        unique: without repeats.
    """

    item: Form
    least: int = 1
    most: int | None = None
    wanted: str = ""
    unique: bool = False

    def read(self, value: object, where: str) -> tuple[Any, ...]:
        if not isinstance(value, list) or (self.unique and len(set(map(str, value))) != len(value)):
            wrong(where, f"must be a list{' without repeats' if self.unique else ''}")
        if len(value) < self.least or (self.most is not None and len(value) > self.most):
            wrong(
                where, f"must be {self.wanted}" if self.wanted else f"has {len(value)} values, wanted {self._range()}"
            )
        return tuple(self.item.read(item, where) for item in value)

    def schema(self) -> Schema:
        schema: Schema = {"type": "array", "items": self.item.schema(), "minItems": self.least}
        if self.most is not None:
            schema["maxItems"] = self.most
        if self.unique:
            schema["uniqueItems"] = True
        return schema

    def _range(self) -> str:
        if self.most is None:
            return f"at least {self.least}"
        return str(self.least) if self.least == self.most else f"{self.least} to {self.most}"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a table.

    Args:
        name: as in the file and in the card.
        form: what it may hold.
        says: what it means, one sentence.
        required: without it there is no card; one that may be missing has its default in the card.
    """

    name: str
    form: Form
    says: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Fields:
    """A table whose fields are all known: one that is not would be left out of what the program does, in silence."""

    fields: tuple[Field, ...]

    def read(self, value: object, where: str) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            wrong(where, "is missing")
        known = {field.name: field for field in self.fields}
        if missing := [field.name for field in self.fields if field.required and field.name not in value]:
            wrong(f"{where} {missing[0]}", "is missing")
        if odd := [name for name in value if name not in known]:
            wrong(f"{where} {odd[0]}", "is not known to this version of Fovea")
        return {name: known[name].form.read(held, f"{where} {name}") for name, held in value.items()}

    def schema(self) -> Schema:
        return {
            "type": "object",
            "properties": {field.name: {"description": field.says} | field.form.schema() for field in self.fields},
            "required": [field.name for field in self.fields if field.required],
            "additionalProperties": False,
        }


@dataclass(frozen=True, slots=True)
class Named:
    """A table whose names are free and whose values have one form.

    Args:
        item: form of each value.
        required: names that must be there.
        noun: what one value is called.
        tables: the values are tables of their own, told of as `[table.name]`.
    """

    item: Form
    required: tuple[str, ...] = ()
    noun: str = "value"
    tables: bool = False

    def read(self, value: object, where: str) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            wrong(where, "is missing")
        if missing := [name for name in self.required if name not in value]:
            wrong(where, f"names no {self.noun} '{missing[0]}'")
        inner = where.strip("[]")
        return {
            name: self.item.read(held, f"[{inner}.{name}]" if self.tables else f"{where} {name}")
            for name, held in value.items()
        }

    def schema(self) -> Schema:
        return {"type": "object", "required": list(self.required), "additionalProperties": self.item.schema()}


def wrong(where: str, what: str) -> NoReturn:
    """Raises MD-MANIFEST for a place in the manifest."""
    raise ModelError("MD-MANIFEST", f"manifest.toml: {where} {what}.", "Correct the manifest and pack the model again.")
