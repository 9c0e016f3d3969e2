"""`fovea monitor`: which sources are not what they were, and beginning the watch over one anew."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby

from app.cli.login import acting
from app.cli.printing import print_json, printable
from app.cli.status import EXIT_ALARM
from engine.export.finite import finite
from engine.monitor.notice import begin_anew, notice
from engine.monitor.report import Population, Watched, populations
from engine.places import default_home
from engine.store.database import open_store

_WEEKS = 6


def run(arguments: Namespace) -> int:
    """Does one of the actions."""
    return _begin(arguments) if arguments.action == "begin" else _report(arguments)


def _report(arguments: Namespace) -> int:
    """Prints each population; exit status 3 where one has changed."""
    with open_store(default_home()) as store:
        if arguments.studies is None:
            notice(store)
        found = populations(store, arguments.studies)
    if arguments.json:
        for one in found:
            print_json(finite(_line(one)))
    else:
        _print(found)
    return EXIT_ALARM if any(one.changed for one in found) else 0


def _begin(arguments: Namespace) -> int:
    with open_store(default_home()) as store:
        begun = begin_anew(store, acting(store, arguments), arguments.source, arguments.reason)
    for one in begun:
        if arguments.json:
            print_json({"source": one.source, "model": one.model, "after": one.after, "reason": one.reason})
        else:
            print(f"The watch over {printable(one.source)} begins anew, as {one.model} sees it.")
    return 0


def _print(found: Sequence[Population]) -> None:
    if not found:
        print("No study was answered yet.")
    for one in found:
        print(f"{printable(one.source)}  {one.model}  {one.studies} studies")
        for about, some in groupby(one.watched, lambda watched: watched.about):
            print(f"  {about}")
            for watched in some:
                weeks = "  ".join(f"{week} {mean:.3g}" for week, mean in list(watched.weeks.items())[-_WEEKS:])
                print(f"    {watched.name:20} {_word(watched):32} {weeks}")


def _word(watched: Watched) -> str:
    return "as it was" if watched.since is None else f"CHANGED, seen {watched.since:%Y-%m-%d %H:%M}"


def _line(one: Population) -> dict[str, object]:
    watched = [
        asdict(some) | {"about": some.about, "since": some.since and some.since.isoformat()} for some in one.watched
    ]
    return {"source": one.source, "model": one.model, "studies": one.studies, "watched": watched}
