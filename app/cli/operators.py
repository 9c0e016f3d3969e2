"""`fovea operators list|add|disable|passwd`: who may log in at this site, and with which role."""

from __future__ import annotations

import sys
from argparse import Namespace

from app.cli.login import acting, ask_secret
from app.cli.printing import print_json, print_table
from engine.domain.operator import Operator, Role
from engine.errors import UsageError
from engine.places import default_home
from engine.store import operators
from engine.store.database import Store, open_store


def run(arguments: Namespace) -> int:
    """Does the action in the home that the environment names."""
    with open_store(default_home()) as store:
        _ACTIONS[arguments.action](store, arguments)
    return 0


def _list(store: Store, arguments: Namespace) -> None:
    found = operators.listed(store)
    if arguments.json:
        for one in found:
            print_json(_line(one))
    elif found:
        print_table(("name", "role", "since", "state"), [_row(one) for one in found])
    else:
        print("Nobody logs in here: the user of the operating system may do everything.")
        print("The first operator that is added, an administrator, changes that.")


def _add(store: Store, arguments: Namespace) -> None:
    session = acting(store, arguments)
    added = operators.add(store, session, arguments.name, Role(arguments.role), _new_secret(arguments.name))
    _tell(arguments, f"{added.name} may log in as {added.role}.", added.name)


def _disable(store: Store, arguments: Namespace) -> None:
    operators.disable(store, acting(store, arguments), arguments.name)
    _tell(arguments, f"{arguments.name} cannot log in any more; what was signed stays.", arguments.name)


def _passwd(store: Store, arguments: Namespace) -> None:
    session = acting(store, arguments)
    operators.change_password(store, session, arguments.name, _new_secret(arguments.name))
    _tell(arguments, f"{arguments.name} has a new password.", arguments.name)


def _new_secret(name: str) -> str:
    secret = ask_secret(f"New password or PIN of {name}: ")
    if sys.stdin.isatty() and ask_secret("Again: ") != secret:
        raise UsageError("US-PASSWORD", "The two are not the same.", "Try again.")
    return secret


def _tell(arguments: Namespace, sentence: str, name: str) -> None:
    if arguments.json:
        print_json({"action": arguments.action, "name": name})
    else:
        print(sentence)


def _line(one: Operator) -> dict[str, object]:
    return {
        "name": one.name,
        "role": one.role and one.role.value,
        "added_at": one.added_at and one.added_at.isoformat(),
        "disabled_at": one.disabled_at and one.disabled_at.isoformat(),
    }


def _row(one: Operator) -> tuple[str, str, str, str]:
    since = f"{one.added_at:%Y-%m-%d}" if one.added_at else "-"
    return one.name, str(one.role), since, "may log in" if one.disabled_at is None else "disabled"


_ACTIONS = {"list": _list, "add": _add, "disable": _disable, "passwd": _passwd}
