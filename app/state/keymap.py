"""Keys that a person changed: which commands then share one, which none may."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from app.state.commands import COMMANDS


def keys_now(changed: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The keys of every command, by its name."""
    return {command.name: changed.get(command.name, command.keys) for command in COMMANDS}


def doubled(changed: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Keys that more than one command has, with the names of these."""
    owners: defaultdict[str, list[str]] = defaultdict(list)
    for name, keys in keys_now(changed).items():
        for key in keys:
            owners[key].append(name)
    return {key: tuple(names) for key, names in owners.items() if len(names) > 1}


def with_key(changed: Mapping[str, tuple[str, ...]], name: str, key: str) -> dict[str, tuple[str, ...]]:
    """The changed keys after a command was given another first key; an empty one takes its keys away."""
    own = {command.name: command.keys for command in COMMANDS}
    before = changed.get(name, own[name])
    keys = (key, *(other for other in before[1:] if other != key)) if key else ()
    fresh = dict(changed) | {name: keys}
    return {each: keys for each, keys in fresh.items() if keys != own[each]}
