"""Who asks: the user of the operating system, or at a site the operator who knows the password."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace

from engine.operators.session import Session, single_operator
from engine.store.database import Store
from engine.store.login import log_in
from engine.store.operators import is_site


def acting(store: Store, arguments: Namespace) -> Session:
    """The session that a command works in.

    Args:
        store: whose operators are asked.
        arguments: `operator` names who logs in; without it the name is that of the system's user.

    Raises:
        UsageError: US-LOGIN for a wrong name or password, US-WAIT after too many of them.
        StoreError: the login cannot be recorded.
    """
    user = single_operator(store.clock)
    if not is_site(store):
        return user
    name: str = arguments.operator or user.name
    return log_in(store, name, ask_secret(f"Password or PIN of {name}: "))


def ask_secret(prompt: str) -> str:
    """What a person types without showing it, or the next line of a standard input that is no terminal."""
    if sys.stdin.isatty():
        return getpass.getpass(prompt)
    return sys.stdin.readline().rstrip("\n")
