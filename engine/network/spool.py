"""A data set goes to disk while it arrives, instead of into memory, and what goes wrong there waits for its answer.

pynetdicom (3.0.4) can write to files itself, but leaves them in the folder for temporary files when an association ends
in the middle, and ends the association where the disk is full, which tells the peer nothing.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

from pydicom.filebase import DicomBytesIO
from pydicom.filewriter import write_file_meta_info
from pydicom.uid import UID
from pynetdicom.dimse import DIMSEServiceProvider
from pynetdicom.dimse_messages import C_STORE_RQ, DIMSEMessage
from pynetdicom.dsutils import create_file_meta

from engine.intake.text import shortened
from engine.network.identity import is_uid
from engine.network.incoming import DISK_FAULTS, Incoming, Part

if TYPE_CHECKING:
    from pynetdicom.association import Association
    from pynetdicom.pdu_primitives import P_DATA

_log = logging.getLogger(__name__)

_MOST_UNANSWERED = 4
"""Objects that a peer may send before the first is answered; it has to wait for each unless more was agreed on
(PS3.7 D.3.3.3), and Fovea agrees on nothing."""

_MOST_BYTES = 1 << 20
"""Of a data set that is no object to store, such as a query's."""


class PeerFaultError(Exception):
    """A peer does not keep to the protocol."""


class Spool(BytesIO):
    """Takes the data set of one message; a `BytesIO` because pynetdicom insists, though an object never lies in it."""

    def __init__(self, message: DIMSEMessage, begin: Callable[[DIMSEMessage], Part]) -> None:
        super().__init__()
        self._message = message
        self._begin = begin
        self._part: Part | None = None
        self.fault: Exception | None = None

    @property
    def part(self) -> Part | None:
        """The file, once there is anything in it; None after a fault."""
        return self._part

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # pynetdicom writes nothing but bytes
        if not isinstance(self._message, C_STORE_RQ):
            if self.tell() + len(data) > _MOST_BYTES:
                raise PeerFaultError(f"a data set of more than {_MOST_BYTES:,} bytes")
            return super().write(data)
        if self.fault is None:
            try:
                if self._part is None:
                    self._part = self._begin(self._message)
                self._part.write(data)
            except DISK_FAULTS as fault:
                self.fault = fault
                self.discard()
        return len(data)

    def discard(self) -> None:
        """Removes the file; nothing happens where it has its name already."""
        part, self._part = self._part, None
        if part is not None:
            part.discard()


class SpoolingProvider(DIMSEServiceProvider):
    """The messages of one association, with the objects among them on disk."""

    def __init__(self, association: Association, incoming: Incoming) -> None:
        super().__init__(association)
        self._incoming = incoming
        self._open: list[Spool] = []
        self._taking = threading.Lock()

    def receive_primitive(self, primitive: P_DATA) -> None:
        try:
            if self.message is None:
                self.message = DIMSEMessage()
                self.message.data_set = Spool(self.message, self._begin)
            super().receive_primitive(primitive)
        except Exception as error:  # noqa: BLE001  # pynetdicom's and pydicom's decoders raise anything on hostile bytes
            _log.warning(
                "What %s sent is no DICOM message: %s", shortened(self.assoc.remote["ae_title"]), shortened(error)
            )
            # What pynetdicom does itself with a message that cannot be read: the association is aborted (PS3.8 9.2.3).
            self.dul.event_queue.put("Evt19")

    def take(self, spool: Spool) -> bool:
        """Hands over what has arrived whole, which then outlives the association.

        Returns:
            False where there is nothing: its data set was empty, or the association ended first.
        """
        with self._taking:
            is_there = spool in self._open
            if is_there:
                self._open.remove(spool)
        return is_there

    def discard(self) -> None:
        """For the end of the association: what was not received whole is removed."""
        with self._taking:
            left, self._open = self._open, []
        for spool in left:
            spool.discard()

    def _begin(self, message: DIMSEMessage) -> Part:
        """A file with the preamble and the file meta information (PS3.10 7.1) of the object that arrives."""
        spool, command = message.data_set, message.command_set
        assert isinstance(spool, Spool)  # noqa: S101  # `receive_primitive` has put it there
        with self._taking:
            if len(self._open) >= _MOST_UNANSWERED:
                raise PeerFaultError(f"{_MOST_UNANSWERED} objects were sent without waiting for an answer")
            self._open.append(spool)
        part = self._incoming.begin()
        try:
            head = DicomBytesIO()
            head.write(b"\0" * 128 + b"DICM")
            meta = create_file_meta(
                sop_class_uid=_uid(command.get("AffectedSOPClassUID")),
                sop_instance_uid=_uid(command.get("AffectedSOPInstanceUID")),
                transfer_syntax=self._syntax(message.context_id),
            )
            write_file_meta_info(head, meta)
            part.write(head.getvalue())
        except BaseException:
            part.discard()
            raise
        return part

    def _syntax(self, context_id: int | None) -> UID:
        for context in self.assoc.accepted_contexts:
            if context.context_id == context_id:
                return context.transfer_syntax[0]
        raise PeerFaultError(f"an object came in presentation context {context_id}, which was not accepted")


def _uid(stated: object) -> UID:
    """What a request states, where that is a UID; its data set has to say the same later."""
    text = str(stated or "")
    if not is_uid(text):
        raise PeerFaultError("a request to store names no object")
    return UID(text)
