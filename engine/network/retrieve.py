"""What a peer holds comes here: C-GET over the association that asks, or C-MOVE to a receiver of its own title."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydicom.dataset import Dataset
from pynetdicom import build_role, evt
from pynetdicom.events import Event
from pynetdicom.presentation import build_context

from engine.errors import NetworkError
from engine.network.accepted import IMAGE_CLASSES, image_contexts
from engine.network.association import Call, associated, code_of, no_service
from engine.network.incoming import Incoming
from engine.network.query import Match, identifier
from engine.network.spool import SpoolingProvider
from engine.network.statuses import in_words, is_done
from engine.network.store import Counts, answer

_GET = "1.2.840.10008.5.1.4.1.2.2.3"
_MOVE = "1.2.840.10008.5.1.4.1.2.2.2"
"""Study Root Query/Retrieve Information Model, GET and MOVE (PS3.4 C.6.2)."""

_PENDING = 0xFF00

_MOVE_S = 1800.0
"""A peer need not tell how far it has come with moving (PS3.4 C.4.2.1.6), and an exam may take it long."""


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What became of the objects of a match, as the peer counts them.

    Args:
        completed: sent and stored.
        failed: not.
        fault: why not all came; None where all did.
    """

    completed: int = 0
    failed: int = 0
    fault: NetworkError | None = None


def get(call: Call, match: Match, incoming: Incoming) -> Retrieved:
    """Has the peer send a match over the association that asks for it.

    Args:
        call: whom.
        match: what.
        incoming: where the files are kept.

    Raises:
        NetworkError: NW-CONNECT, NW-REJECTED, NW-SERVICE, NW-ABORTED.
        UsageError: US-TLS.
    """
    contexts = [build_context(_GET), *image_contexts()]
    roles = [build_role(uid, scp_role=True) for uid in IMAGE_CLASSES]
    counts = Counts()
    providers: list[SpoolingProvider] = []

    def spool(event: Event) -> None:
        event.assoc.dimse = SpoolingProvider(event.assoc, incoming)
        providers.append(event.assoc.dimse)

    def store(event: Event) -> Dataset:
        return answer(event, incoming, counts)

    handlers: list[evt.EventHandlerType] = [(evt.EVT_CONN_OPEN, spool), (evt.EVT_C_STORE, store)]
    try:
        with associated(call, contexts, roles, handlers) as association:
            if _GET not in {context.abstract_syntax for context in association.accepted_contexts}:
                raise no_service(call.peer, "retrieval with C-GET")
            asked = identifier(match.level, match.uids)
            return _followed(call, association.send_c_get(asked, _GET))
    finally:
        for provider in providers:
            provider.discard()


def move(call: Call, match: Match, title: str) -> Retrieved:
    """Has the peer send a match to a receiver that it knows by its AE title.

    Args:
        call: whom.
        match: what.
        title: of the receiver; `fovea listen` or another.

    Raises:
        NetworkError: NW-CONNECT, NW-REJECTED, NW-SERVICE, NW-ABORTED.
        UsageError: US-TLS.
    """
    with associated(call, [build_context(_MOVE)]) as association:
        association.dimse_timeout = _MOVE_S
        return _followed(call, association.send_c_move(identifier(match.level, match.uids), title, _MOVE))


def _followed(call: Call, answers: Iterator[tuple[Dataset, Dataset | None]]) -> Retrieved:
    """Follows the peer's answers to the last; only that one counts."""
    last = Dataset()
    for told, _ in answers:
        code = code_of(told, call.peer, "it was sending what was asked for")
        last = told
        if code != _PENDING:
            break
    completed = int(last.get("NumberOfCompletedSuboperations") or 0)
    failed = int(last.get("NumberOfFailedSuboperations") or 0)
    if is_done(code_of(last, call.peer, "it was asked to send")) and not failed:
        return Retrieved(completed, failed)
    fault = NetworkError(
        "NW-RETRIEVE",
        f"{call.peer} sent {completed} objects and failed with {failed}: {in_words(last)}.",
        "Look into the peer's log; reports and other objects without an image are not taken.",
    )
    return Retrieved(completed, failed, fault)
