"""One request to store, answered: the file gets its name first, and every failure its DICOM status."""

from __future__ import annotations

import logging
import threading
from collections import Counter

from pydicom.dataset import Dataset
from pynetdicom.dimse_primitives import C_STORE
from pynetdicom.events import Event

from engine.network.identity import Identity, identity_of
from engine.network.incoming import DISK_FAULTS, Incoming
from engine.network.spool import Spool, SpoolingProvider
from engine.network.statuses import NOT_OF_CLASS, NOT_UNDERSTOOD, OUT_OF_RESOURCES, SUCCESS, status

_log = logging.getLogger(__name__)


class Counts:
    """How many objects were `received`, came `again` or were `refused`; from any thread."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._counting = threading.Lock()

    def add(self, what: str) -> None:
        """One more."""
        with self._counting:
            self._counts[what] += 1

    def so_far(self) -> dict[str, int]:
        """All of them."""
        with self._counting:
            return {what: self._counts[what] for what in ("received", "again", "refused")}

    def __getitem__(self, what: str) -> int:
        return self._counts[what]


def answer(event: Event, incoming: Incoming, counts: Counts) -> Dataset:
    """Keeps what the request brought.

    Args:
        event: the request, of an association with a `SpoolingProvider`.
        incoming: where the file is kept.
        counts: where it is counted.

    Returns:
        Success only where the file lies on the disk for good under its name.
    """
    request, provider = event.request, event.assoc.dimse
    assert isinstance(request, C_STORE)  # noqa: S101  # the event is that of a request to store
    assert isinstance(provider, SpoolingProvider)  # noqa: S101
    spool = request.DataSet
    if not isinstance(spool, Spool) or not provider.take(spool):
        given, what = status(NOT_UNDERSTOOD, "the data set is empty"), "refused"
    else:
        try:
            given, what = _kept(request, spool, incoming)
        except DISK_FAULTS as error:
            _log.error("An object could not be kept: %s", error)
            given, what = status(OUT_OF_RESOURCES, f"not stored: {type(error).__name__}"), "refused"
        finally:
            spool.discard()
    counts.add(what)
    return given


def _kept(request: C_STORE, spool: Spool, incoming: Incoming) -> tuple[Dataset, str]:
    """The status, and what it counts as."""
    if spool.part is None:
        raise spool.fault or OSError("nothing was written")
    spool.part.finish()
    identity = identity_of(spool.part.path)
    if identity is None:
        return status(NOT_UNDERSTOOD, "no sound header with the UIDs of study, series, instance"), "refused"
    if not _is_as_announced(identity, request):
        return status(NOT_OF_CLASS, "the data set is another object than the request names"), "refused"
    kept = incoming.keep(spool.part, identity)
    return status(SUCCESS), "again" if kept is None else "received"


def _is_as_announced(identity: Identity, request: C_STORE) -> bool:
    return (identity.sop_class, identity.sop_instance) == (
        str(request.AffectedSOPClassUID),
        str(request.AffectedSOPInstanceUID),
    )
