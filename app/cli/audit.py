"""`fovea audit verify|setup`: checks the record, and hands its first key over to the administrator."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from app.cli.login import acting
from app.cli.printing import print_json
from engine.audit.key import make_secret, read_first_key
from engine.audit.ratchet import move_to_keyring
from engine.audit.seal import read_seals
from engine.errors import UsageError
from engine.places import Home, default_home
from engine.store.database import open_store
from engine.store.handover import first_key, forget_first_key
from engine.store.verify import Evidence, Verdict, verify_home


def run(arguments: Namespace) -> int:
    """Does the action; exit status 1 where the record is not intact, or lost what keeps it from being changed."""
    return {"verify": _verify, "setup": _setup}[arguments.action](arguments, default_home())


def _verify(arguments: Namespace, home: Home) -> int:
    seals = tuple(seal for path in arguments.seal or () for seal in read_seals(path))
    evidence = Evidence(seals, read_first_key(arguments.first_key) if arguments.first_key else None)
    verdict = verify_home(home, evidence, on_progress=_tell_progress)
    if arguments.json:
        print_json(_line(verdict))
    else:
        _print(verdict)
    return int(verdict.broken is not None or bool(verdict.triggers_gone))


def _setup(arguments: Namespace, home: Home) -> int:
    with open_store(home) as store:
        session = acting(store, arguments)
        key = first_key(store, session)
        _hand_over(key.hex(), arguments.out)
        forget_first_key(store, session)
    if arguments.keyring:
        move_to_keyring(home.chain_key)
    told = f"in {arguments.out}" if arguments.out else "what was shown above"
    if arguments.json:
        print_json({"handed_over": True, "file": str(arguments.out) if arguments.out else None})
    else:
        print(f"The first key is {told}, and no longer on this machine. Keep it apart from it.")
    return 0


def _hand_over(key: str, out: Path | None) -> None:
    if out is not None:
        if out.exists():
            raise UsageError("US-TARGET", f"{out} exists already.", "Name a file that is not there yet.")
        make_secret(out, f"{key}\n".encode("ascii"))
        return
    if not sys.stdin.isatty():
        raise UsageError(
            "US-TERMINAL", "The first key is shown on a terminal alone.", "Name a file with --out, or use a terminal."
        )
    print("The first key of the audit log. Write it down or copy it; it is shown once:\n")
    print("  " + " ".join(key[place : place + 8] for place in range(0, len(key), 8)) + "\n")
    if input("Its last eight digits, once you have it: ").strip().lower() != key[-8:]:
        raise UsageError("US-TERMINAL", "These are not its last eight digits; it is kept here.", "Try again.")


def _line(verdict: Verdict) -> dict[str, object]:
    broken = verdict.broken
    return {
        "intact": broken is None,
        "entry": broken.seq if broken else None,
        "kind": broken.kind.value if broken else None,
        "how": broken.how if broken else None,
        "entries": verdict.entries,
        "seals": verdict.seals,
        "keyed_from": verdict.keyed_from,
        "first_key_kept": verdict.first_key_kept,
        "triggers_gone": list(verdict.triggers_gone),
    }


def _print(verdict: Verdict) -> None:
    if verdict.broken is not None:
        print(f"Not intact ({verdict.broken.kind.value}): entry {verdict.broken.seq} {verdict.broken.how}.")
    else:
        _print_intact(verdict)
    if verdict.triggers_gone:
        print(f"The database lacks triggers that refuse changes of it: {', '.join(verdict.triggers_gone)}.")
    if verdict.broken is not None or verdict.triggers_gone:
        print(
            f"Copy the whole home ({default_home().root}) as it is, as evidence. `fovea restore` with a backup from "
            "before then goes on (with `--first-key FILE` where the keys are gone), and the log says so."
        )


def _print_intact(verdict: Verdict) -> None:
    print(f"Intact: {verdict.entries} entries, {verdict.seals} seals, and every record is what its entry says.")
    if verdict.keyed_from > 1:
        print(
            f"Entries before {verdict.keyed_from} were checked by their digests up to the seals, as their keys are "
            "wiped here; --first-key FILE checks their MACs too."
        )
    if verdict.first_key_kept:
        print("The first key still lies on this machine: `fovea audit setup` hands it over and wipes it here.")


def _tell_progress(entries: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{entries} entries hold", end="", file=sys.stderr, flush=True)
