"""`fovea review list|show|confirm|reject|add|sign`: judges what was answered, without a window."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.cli.login import acting, ask_secret
from app.cli.printing import print_json, print_table, printable
from app.cli.review_lines import decided_line, outcome_lines, study_line
from app.state.opinion import summary
from engine.domain.region import BoxPx, BoxVox
from engine.domain.review import Mark, RegionReview, RegionVerdict, Review, Verdict, with_decisions
from engine.errors import UsageError
from engine.operators.session import Session
from engine.places import default_home
from engine.store.database import Store, open_store
from engine.store.reviews import KeptReview, save, sign
from engine.store.viewing import Opened, listed, opened
from engine.store.wanted import Wanted
from engine.store.worklist_line import Line

_HEAD = ("arrival", "answered", "study", "status", "regions", "review", "model")
_REGION = ("region", "label", "score", "box", "decision")


def run(arguments: Namespace) -> int:
    """Does the action in the home that the environment names."""
    with open_store(default_home()) as store:
        session = acting(store, arguments)
        if arguments.action == "list":
            _list(store, session, arguments)
        else:
            study = opened(store, session, arguments.study)
            _ACTIONS[arguments.action](store, session, study, arguments)
    return 0


def _list(store: Store, session: Session, arguments: Namespace) -> None:
    wanted = Wanted(
        since=arguments.since,
        until=arguments.until,
        model=arguments.model or None,
        text=arguments.text or None,
        flagged=True if arguments.flagged else None,
        contested=True if arguments.contested else None,
    )
    lines = _lines(store, session, wanted, arguments)
    if arguments.json:
        for line in lines:
            print_json(study_line(line))
    elif lines:
        print_table(_HEAD, [_row(line) for line in lines], right=(4,))
    else:
        print("Nothing that was answered is like that.")


def _lines(store: Store, session: Session, wanted: Wanted, arguments: Namespace) -> list[Line]:
    """As many as are asked for, contested ones first, then newest first; signed ones left out with `--open`."""
    found: list[Line] = []
    page, after = listed(store, session, wanted)
    while True:
        found += [line for line in page if not (arguments.open and line.reviewed == "signed")]
        if after is None or len(found) >= arguments.limit:
            return found[: arguments.limit]
        page, after = listed(store, session, wanted, after)


def _row(line: Line) -> tuple[str, ...]:
    status = line.status.value if line.flagged is None else "flagged" if line.flagged else "nothing flagged"
    return (
        line.arrival_id[:12],
        line.recorded_at.astimezone().strftime("%Y-%m-%d %H:%M"),
        Path(line.source).name,
        status,
        str(line.region_count),
        line.reviewed or "-",
        line.model or "-",
    )


def _show(_store: Store, _session: Session, study: Opened, arguments: Namespace) -> None:
    lines = outcome_lines(study)
    if arguments.json:
        print_json(lines | {"versions": [decided_line(kept) for kept in study.versions]})
        return
    recorded, review = study.recorded, study.review
    print(f"{recorded.arrival.id}: {printable(recorded.arrival.source)}")
    print(f"{recorded.outcome.reading}; {recorded.outcome.model or 'no model'}")
    for kept in study.versions:
        print(_version(kept))
    if (opinion := recorded.outcome.opinion) is not None:
        print(f"With a {printable(summary(opinion))}")
    rows = [["-" if line[name] is None else str(line[name]) for name in _REGION] for line in lines["regions"]]
    if rows:
        print()
        print_table(_REGION, rows, right=(0, 2))
    if review.comment:
        print(f"\nComment: {printable(review.comment)}")


def _version(kept: KeptReview) -> str:
    review = kept.review
    verdict = review.verdict.value if review.verdict else "no verdict yet"
    state = "signed" if review.signed else "draft"
    return f"version {review.version}: {state} by {printable(review.operator)}, {verdict}"


def _confirm(store: Store, session: Session, study: Opened, arguments: Namespace) -> None:
    chosen = _chosen(study, arguments.regions, all_open=arguments.all)
    _save(store, session, study, [RegionReview(RegionVerdict.CONFIRMED, region) for region in chosen], arguments)


def _reject(store: Store, session: Session, study: Opened, arguments: Namespace) -> None:
    chosen = _chosen(study, arguments.regions, all_open=arguments.all)
    decisions = [RegionReview(RegionVerdict.REJECTED, region, reason=arguments.reason) for region in chosen]
    _save(store, session, study, decisions, arguments)


def _add(store: Store, session: Session, study: Opened, arguments: Namespace) -> None:
    mark = _placed(study, arguments.label, tuple(arguments.box))
    _save(store, session, study, [RegionReview(RegionVerdict.ADDED, mark=mark, reason=arguments.reason)], arguments)


def _sign(store: Store, session: Session, study: Opened, arguments: Namespace) -> None:
    review = study.review
    review = replace(
        review,
        verdict=Verdict(arguments.verdict) if arguments.verdict else review.verdict,
        comment=arguments.comment if arguments.comment is not None else review.comment,
        reason=arguments.amendment,
    )
    secret = "" if session.single else ask_secret(f"Password or PIN of {session.name} again, to sign: ")
    _tell(sign(store, session, review, secret), arguments)


_ACTIONS = {"show": _show, "confirm": _confirm, "reject": _reject, "add": _add, "sign": _sign}


def _chosen(study: Opened, numbers: Sequence[int], *, all_open: bool) -> list[int]:
    """Places in `Outcome.regions`, from 0; people count from 1."""
    regions = [number - 1 for number in numbers]
    if all_open:
        decided = {decision.region for decision in study.review.regions}
        regions += [place for place in range(len(study.recorded.outcome.regions)) if place not in decided]
    if not regions:
        raise UsageError(
            "US-REVIEW", "No region is named, or none is open any more.", "Name some by number, or --all that are open."
        )
    return regions


def _placed(study: Opened, label: str, faces: BoxPx | BoxVox) -> Mark:
    """The box where it lies in the study as it is stored, which is read again for that."""
    # Late: only drawing reads pixels.
    from engine.detect.place import place_mark  # noqa: PLC0415
    from engine.export.originals import loaded  # noqa: PLC0415
    from engine.intake.isolated.line import Line as Decoding  # noqa: PLC0415
    from engine.intake.isolated.pool import Decoders  # noqa: PLC0415

    seen = study.recorded.study
    if seen is None:
        raise UsageError("US-REVIEW", "Nothing of this study could be read.", "Review one that was looked at.")
    with Decoding() as line:
        line.start()
        again = loaded(seen, Decoders(line).read_study, seen.modality)
    wanted = 6 if again.scan.kind == "volume" else 4
    if len(faces) != wanted:
        order = "Z0 Y0 X0 Z1 Y1 X1" if wanted == 6 else "X0 Y0 X1 Y1"
        raise UsageError("US-REVIEW", f"The box has {len(faces)} numbers.", f"Give --box {order}.")
    return place_mark(label, faces, again.scan, again.study)


def _save(
    store: Store, session: Session, study: Opened, decisions: Sequence[RegionReview], arguments: Namespace
) -> None:
    review: Review = replace(with_decisions(study.review, decisions), reason=arguments.amendment)
    _tell(save(store, session, review), arguments)


def _tell(kept: KeptReview, arguments: Namespace) -> None:
    if arguments.json:
        print_json(decided_line(kept))
        return
    open_regions = len(kept.of.outcome.regions) - sum(one.region is not None for one in kept.review.regions)
    still = {0: "nothing is open", 1: "1 region is open"}.get(open_regions, f"{open_regions} regions are open")
    print(f"Kept as {_version(kept)}{'' if kept.review.signed else f'; {still}'}.")
