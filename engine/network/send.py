"""DICOM files go to a peer as they are stored; the peer's answer to each is told."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pydicom
from pydicom import dcmread
from pydicom.uid import UID, ExplicitVRLittleEndian, ImplicitVRLittleEndian
from pynetdicom.association import Association
from pynetdicom.presentation import build_context

from engine.errors import FoveaError, InputError, NetworkError
from engine.intake.archive import member_bytes
from engine.intake.entry import Entry
from engine.intake.guard import decoding
from engine.intake.limits import NO_OTHER_LIMITS
from engine.intake.peek import peeked
from engine.intake.stored import unreadable
from engine.intake.text import shortened
from engine.network.association import MOST_CONTEXTS, Call, associated, code_of, ended
from engine.network.identity import is_uid
from engine.network.peer import Peer
from engine.network.statuses import in_words, is_done

_Pair = tuple[UID, UID]
"""A class and a transfer syntax."""

_NAMING = ("MediaStorageSOPClassUID", "MediaStorageSOPInstanceUID", "TransferSyntaxUID")

_MOST_MESSAGES = 65535

_PLAIN = (ExplicitVRLittleEndian, ImplicitVRLittleEndian)
"""Transfer syntaxes between which pynetdicom rewrites a data set where the peer takes but one of them."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one file.

    Args:
        source: the file.
        sop_instance: the object in it; empty where it holds none.
        fault: why the peer does not have it; None where it has.
    """

    source: str
    sop_instance: str = ""
    fault: FoveaError | None = None


@dataclass(frozen=True, slots=True)
class _Object:
    entry: Entry
    sop_class: UID
    sop_instance: UID
    syntax: UID

    @property
    def pairs(self) -> tuple[_Pair, ...]:
        """What may be agreed on for it, the file's own syntax first."""
        syntaxes = (self.syntax, *(other for other in _PLAIN if self.syntax in _PLAIN and other != self.syntax))
        return tuple((self.sop_class, syntax) for syntax in syntaxes)


def send(call: Call, entries: Iterable[Entry]) -> Iterator[Sent]:
    """Sends files over as many associations as their classes and transfer syntaxes need, usually one.

    A file that is no DICOM file, or that the peer does not take, costs nothing but itself. Where the association ends
    early, all that was not sent is told so.

    Args:
        call: whom.
        entries: files, or members of archives.

    Yields:
        Each once: what cannot be sent first, then in the given order.

    Raises:
        NetworkError: NW-CONNECT or NW-REJECTED; what was told before is sent.
        UsageError: US-TLS.
    """
    objects = []
    for entry in entries:
        looked = _object_in(entry)
        if isinstance(looked, Sent):
            yield looked
        else:
            objects.append(looked)
    for batch in _batches(objects):
        yield from _send_batch(call, batch)


def _object_in(entry: Entry) -> _Object | Sent:
    try:
        with peeked(entry) as peek:
            if peek is None:
                return Sent(entry.source, fault=_no_object(entry))
            with decoding(f"pydicom {pydicom.__version__}", entry.source), peek.file(NO_OTHER_LIMITS) as file:
                meta = dcmread(file, stop_before_pixels=True, specific_tags=["SOPInstanceUID"]).file_meta
    except InputError:
        return Sent(entry.source, fault=_no_object(entry))
    except OSError as error:
        return Sent(entry.source, fault=unreadable(entry.shown, error))
    uids = [UID(str(meta.get(name) or "")) for name in _NAMING]
    return _Object(entry, *uids) if all(map(is_uid, uids)) else Sent(entry.source, fault=_no_object(entry))


def _batches(objects: Sequence[_Object]) -> Iterator[list[_Object]]:
    """In order; no batch needs more presentation contexts than an association can have."""
    batch: list[_Object] = []
    pairs: set[_Pair] = set()
    for one in objects:
        if len(pairs.union(one.pairs)) > MOST_CONTEXTS:
            yield batch
            batch, pairs = [], set()
        batch.append(one)
        pairs.update(one.pairs)
    if batch:
        yield batch


def _send_batch(call: Call, batch: Sequence[_Object]) -> Iterator[Sent]:
    pairs = dict.fromkeys(pair for one in batch for pair in one.pairs)
    contexts = [build_context(sop_class, syntax) for sop_class, syntax in pairs]
    told = 0
    try:
        with associated(call, contexts) as association:
            for one in batch:
                sent = _sent(call.peer, association, one, message=told % _MOST_MESSAGES + 1)
                told += 1
                yield sent
    except NetworkError as fault:
        if fault.code not in ("NW-ABORTED", "NW-SERVICE"):
            raise
        yield from (Sent(one.entry.source, one.sop_instance, fault) for one in batch[told:])


def _sent(peer: Peer, association: Association, one: _Object, message: int) -> Sent:
    accepted = {(context.abstract_syntax, context.transfer_syntax[0]) for context in association.accepted_contexts}
    if not accepted.intersection(one.pairs):
        return Sent(one.entry.source, one.sop_instance, _not_taken(peer, one))
    try:
        with _on_disk(one.entry) as path:
            # By its path a file goes out as it is; read, it is written anew in a syntax that the peer takes.
            what = path if one.pairs[0] in accepted else dcmread(path)
            answer = association.send_c_store(what, msg_id=message)
    except RuntimeError as error:
        raise ended(peer, f"{one.entry.source} was to be sent") from error
    except OSError as error:
        return Sent(one.entry.source, one.sop_instance, unreadable(one.entry.shown, error))
    except (ValueError, AttributeError) as error:  # pynetdicom's words for a data set that it cannot write
        return Sent(one.entry.source, one.sop_instance, _no_object(one.entry, f": {shortened(error)}"))
    if is_done(code_of(answer, peer, f"{one.entry.source} was being sent")):
        return Sent(one.entry.source, one.sop_instance)
    refused = NetworkError(
        "NW-REFUSED",
        f"{peer} did not store {one.entry.source}: {in_words(answer)}.",
        "Look into the peer's log for the reason.",
    )
    return Sent(one.entry.source, one.sop_instance, refused)


@contextmanager
def _on_disk(entry: Entry) -> Iterator[Path]:
    """The file itself; a member of an archive is unpacked for as long as it is needed."""
    if not entry.member:
        yield entry.path
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "member.dcm"
        path.write_bytes(member_bytes(entry, NO_OTHER_LIMITS))
        yield path


def _no_object(entry: Entry, detail: str = "") -> NetworkError:
    return NetworkError(
        "NW-NOT-DICOM",
        f"{entry.source} is no DICOM file that can be sent{detail}.",
        "Only DICOM files with their file meta information can be sent.",
    )


def _not_taken(peer: Peer, one: _Object) -> NetworkError:
    return NetworkError(
        "NW-SYNTAX",
        f"{peer} takes no {one.sop_class.name} as {one.syntax.name}, which {one.entry.source} is.",
        "Have the peer accept it, or export the file uncompressed.",
    )
