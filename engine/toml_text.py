"""Writes settings as TOML: what `tomllib` reads back as the same values."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence


def toml_of(table: Mapping[str, object]) -> str:
    """A table as text: single values first, then tables, then lists of tables.

    Raises:
        TypeError: a value is of a kind that no setting has.
    """
    single = [f"{name} = {_value(value)}" for name, value in table.items() if not _is_table(value)]
    parts = ["\n".join(single)] if single else []
    for name, value in table.items():
        if isinstance(value, Mapping):
            parts.append(f"[{name}]\n{toml_of(value)}".rstrip())
        elif _is_table(value):
            parts += [f"[[{name}]]\n{toml_of(one)}".rstrip() for one in value]  # type: ignore[attr-defined]  # a list
    return "\n\n".join(parts) + "\n"


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping) or (
        isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)
    )


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        # JSON's escapes are TOML's, but for DEL, which JSON leaves as it is.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Sequence):
        return f"[{', '.join(map(_value, value))}]"
    msg = f"no setting is a {type(value).__name__}"
    raise TypeError(msg)
