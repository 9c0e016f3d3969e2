"""An association with a peer that we call, as a block; every way in which it fails has a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from pydicom.dataset import Dataset
from pynetdicom import evt
from pynetdicom.association import Association
from pynetdicom.events import Event
from pynetdicom.pdu_primitives import SCP_SCU_RoleSelectionNegotiation
from pynetdicom.presentation import PresentationContext

from engine.errors import NetworkError
from engine.network.entity import entity
from engine.network.guarded import Bounds, guarded
from engine.network.peer import TITLE, Peer
from engine.network.tls import TlsFiles, calling_tls

MOST_CONTEXTS = 128
"""Presentation contexts of an association: odd numbers that fit into a byte (PS3.8 9.3.2.2)."""


@dataclass(frozen=True, slots=True)
class Call:
    """Whom to call, and as whom.

    Args:
        peer: who answers.
        title: our AE title.
        tls: certificates; None speaks plainly.
        wait_s: how long the peer may say nothing.
    """

    peer: Peer
    title: str = TITLE
    tls: TlsFiles | None = None
    wait_s: float = 60.0
    bounds: Bounds = field(default_factory=Bounds)


@contextmanager
def associated(
    call: Call,
    contexts: Sequence[PresentationContext],
    roles: Sequence[SCP_SCU_RoleSelectionNegotiation] = (),
    handlers: Sequence[evt.EventHandlerType] = (),
) -> Iterator[Association]:
    """An association that is released at the end of the block, or aborted where an error ends it.

    Args:
        call: whom.
        contexts: what is asked for, at most `MOST_CONTEXTS`.
        roles: for what the peer is to send us.
        handlers: pynetdicom's, for what the peer sends us.

    Raises:
        NetworkError: NW-CONNECT, NW-REJECTED, NW-ABORTED, NW-SERVICE.
        UsageError: US-TLS.
    """
    reached: list[Event] = []

    def guard(event: Event) -> None:
        reached.append(event)
        # pynetdicom (3.0.4) waits without end for the rest of a PDU that has begun.
        transport = event.assoc.dul.socket
        assert transport is not None  # noqa: S101  # the connection was just opened
        assert transport.socket is not None  # noqa: S101
        transport.socket = guarded(transport.socket, call.bounds)

    peer = call.peer
    try:
        association = entity(call.title, wait_s=call.wait_s).associate(
            peer.host,
            peer.port,
            contexts=list(contexts),
            ae_title=peer.title,
            ext_neg=list(roles),
            tls_args=None if call.tls is None else (calling_tls(call.tls), peer.host),
            evt_handlers=[(evt.EVT_CONN_OPEN, guard), *handlers],
        )
    except OSError as error:  # the name of the host
        raise _unreachable(peer, f" ({error.strerror or error})") from error
    if not association.is_established:
        raise _no_association(peer, association, reached=bool(reached))
    try:
        yield association
    except BaseException:
        association.abort()
        raise
    if association.is_established:
        association.release()


def ended(peer: Peer, doing: str) -> NetworkError:
    """The peer broke off: it aborted, closed the connection or fell silent."""
    return NetworkError(
        "NW-ABORTED",
        f"{peer} ended the association or stopped answering while {doing}.",
        "Try again; if it happens again, look into the peer's log.",
    )


def code_of(answer: Dataset, peer: Peer, doing: str) -> int:
    """The status of a response.

    Raises:
        NetworkError: NW-ABORTED where there was none.
    """
    if "Status" not in answer:
        raise ended(peer, doing)
    return int(answer.Status)


def no_service(peer: Peer, service: str) -> NetworkError:
    """The peer was reached and does not offer what was asked for."""
    return NetworkError(
        "NW-SERVICE", f"{peer} does not offer {service}.", "Ask for another way, or have it enabled at the peer."
    )


def _no_association(peer: Peer, association: Association, *, reached: bool) -> NetworkError:
    if association.is_rejected:
        answer = association.acceptor.primitive
        reason = "" if answer is None else f": {answer.result_str}, {answer.reason_str}"
        return NetworkError(
            "NW-REJECTED",
            f"{peer} rejected the association of '{association.requestor.ae_title}'{reason}.",
            "Check both AE titles, and that the peer knows ours.",
        )
    if association.rejected_contexts and not association.accepted_contexts:
        return no_service(peer, "any of what was asked for")
    if reached:
        return ended(peer, "the association was being agreed on")
    return _unreachable(peer, "")


def _unreachable(peer: Peer, detail: str) -> NetworkError:
    return NetworkError(
        "NW-CONNECT",
        f"No connection to {peer}{detail}.",
        "Check host and port, that the peer runs, and whether it wants TLS.",
    )
