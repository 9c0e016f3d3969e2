"""The receiver: a C-STORE and C-ECHO provider that answers success once a file outlasts a power cut, and not before.

What ends is an association, not an exam: senders split exams and repeat themselves. When an exam is all there is for
intake to say, and the folder that the files appear in is watched like any other.
"""

from __future__ import annotations

import fcntl
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from pydicom.dataset import Dataset
from pynetdicom import evt
from pynetdicom.association import Association
from pynetdicom.events import Event

from engine.errors import NetworkError, UsageError
from engine.intake.text import shortened
from engine.network.accepted import VERIFICATION, image_contexts
from engine.network.entity import entity
from engine.network.guarded import Bounds
from engine.network.incoming import Incoming
from engine.network.machine import EndingStateMachine
from engine.network.peer import PORT, TITLE
from engine.network.server import GuardedServer
from engine.network.spool import SpoolingProvider
from engine.network.store import Counts, answer
from engine.network.tls import TlsFiles, listening_tls
from engine.places import Home
from engine.store.faults import named_file_faults

_log = logging.getLogger(__name__)

_REQUEST_S = 10.0
"""For the request of an association, once there is a connection."""

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Reception:
    """How a receiver is set up.

    Args:
        title: its AE title; calls for another are rejected.
        host: address to listen at.
        port: to listen at; 0 takes a free one.
        callers: AE titles that may call; empty lets everyone, which is allowed on this machine alone.
        tls: certificates; None speaks plainly.
        associations: at once; more are rejected, and their senders try again.
        object_bytes: the largest object.
        keep_free_bytes: what is to stay free on the disk.
        silence_s: how long a peer may say nothing.
        bounds: for each piece of what it says.
    """

    title: str = TITLE
    host: str = "127.0.0.1"
    port: int = PORT
    callers: tuple[str, ...] = ()
    tls: TlsFiles | None = None
    associations: int = 16
    object_bytes: int = 2 << 30
    keep_free_bytes: int = 1 << 30
    silence_s: float = 60.0
    bounds: Bounds = field(default_factory=Bounds)

    def __post_init__(self) -> None:
        if self.host not in _LOOPBACK and not self.callers:
            raise UsageError(
                "US-CALLERS",
                f"A receiver that listens at {self.host} for other machines must know who may call.",
                "Name the AE titles of the senders (--caller, or callers in listen.toml), or leave the host out.",
            )


@dataclass(frozen=True, slots=True)
class Receiver:
    """A receiver at work.

    Args:
        host: where it listens.
        port: the same.
        counts: what it has done so far.
        incoming: where it keeps what it receives.
    """

    host: str
    port: int
    counts: Counts
    incoming: Incoming


@contextmanager
def receiving(home: Home, reception: Reception | None = None) -> Iterator[Receiver]:
    """Listens in threads of its own until the block ends; associations that are open then are aborted.

    Args:
        home: whose `incoming` gets the files.
        reception: how.

    Raises:
        NetworkError: NW-HOME where another receiver works for this home, NW-LISTEN where the address cannot be used.
        StoreError: the home cannot be written.
        UsageError: US-TLS.
    """
    reception = reception or Reception()
    tls = None if reception.tls is None else listening_tls(reception.tls)
    incoming = Incoming(home.incoming, home.receiving, reception.object_bytes, reception.keep_free_bytes)
    with _alone(home, incoming):
        counts = Counts()
        associations = _Associations(incoming, counts)
        made = entity(reception.title, wait_s=reception.silence_s)
        made.acse_timeout = min(_REQUEST_S, reception.silence_s)
        made.require_called_aet = True
        made.require_calling_aet = list(reception.callers)
        made.maximum_associations = reception.associations
        made.supported_contexts = image_contexts()
        made.add_supported_context(VERIFICATION)
        try:
            server = made.make_server(
                (reception.host, reception.port),
                ssl_context=tls,
                evt_handlers=associations.handlers(),
                server_class=GuardedServer,
                bounds=reception.bounds,
                # Those above the limit of associations are rejected in DICOM's own words, as long as these are few.
                most_connections=2 * reception.associations,
            )
        except OSError as error:
            raise _cannot_listen(reception, error) from error
        assert isinstance(server, GuardedServer)  # noqa: S101  # the class that was asked for
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, name="receiver")
        thread.start()
        try:
            yield Receiver(reception.host, server.server_address[1], counts, incoming)
        finally:
            server.stop()
            thread.join()
            associations.close()


class _Associations:
    """The associations that are open, each with its own provider; what they leave half is removed when they end."""

    def __init__(self, incoming: Incoming, counts: Counts) -> None:
        self._incoming = incoming
        self._counts = counts
        self._providers: dict[Association, SpoolingProvider] = {}

    def handlers(self) -> list[evt.EventHandlerType]:
        """What pynetdicom is to call, and when."""
        return [
            (evt.EVT_CONN_OPEN, self._open),
            (evt.EVT_CONN_CLOSE, self._closed),
            (evt.EVT_C_STORE, self._store),
            *((event, partial(_note, how=how, level=level)) for event, (how, level) in _NOTED.items()),
        ]

    def close(self) -> None:
        """Ends all of them."""
        for association in list(self._providers):
            self._close(association)

    def _open(self, event: Event) -> None:
        # An association that pynetdicom gives up after an error of its own closes without the event for that.
        for other in list(self._providers):
            if other.ident is not None and not other.is_alive():
                self._close(other)
        event.assoc.dimse = self._providers[event.assoc] = SpoolingProvider(event.assoc, self._incoming)
        event.assoc.dul.state_machine = EndingStateMachine(event.assoc.dul)

    def _closed(self, event: Event) -> None:
        self._close(event.assoc)
        if event.assoc.requestor.primitive is None:
            # Who connected and asked for nothing: pynetdicom (3.0.4) would go on waiting for the request, and count it
            # as an association. Checks whether the port is open would soon keep all senders out.
            event.assoc.dul.to_user_queue.put(None)  # what its waiting ends with when it was in vain

    def _close(self, association: Association) -> None:
        provider = self._providers.pop(association, None)
        if provider is not None:
            provider.discard()

    def _store(self, event: Event) -> Dataset:
        return answer(event, self._incoming, self._counts)


_NOTED = {
    evt.EVT_ACCEPTED: ("accepted", logging.INFO),
    evt.EVT_RELEASED: ("released", logging.INFO),
    evt.EVT_REJECTED: ("rejected", logging.WARNING),
    evt.EVT_ABORTED: ("aborted", logging.WARNING),
}


def _note(event: Event, how: str, level: int) -> None:
    peer = event.assoc.requestor
    _log.log(level, "Association of '%s' at %s: %s", shortened(peer.ae_title), peer.address, how)


@contextmanager
def _alone(home: Home, incoming: Incoming) -> Iterator[None]:
    """Only one receiver a home; what one that died had begun is removed."""
    with named_file_faults(home.root):
        home.make()
        incoming.make()
        descriptor = os.open(incoming.parts / "receiver.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NetworkError(
                "NW-HOME",
                f"Another receiver is at work for the home {home.root}.",
                "Stop it first, or name another home with FOVEA_HOME.",
            ) from None
        if left := incoming.remove_parts():
            _log.warning(
                "%d files that a receiver had begun when it died were removed; they were never confirmed", left
            )
        yield
    finally:
        os.close(descriptor)


def _cannot_listen(reception: Reception, error: OSError) -> NetworkError:
    return NetworkError(
        "NW-LISTEN",
        f"Fovea cannot listen at {reception.host}, port {reception.port}: {error.strerror or error}.",
        "Choose another --port (1024 or above without special rights), or end the program that listens there.",
    )
