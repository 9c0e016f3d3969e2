"""A sender for the tests: pynetdicom's own, and one that breaks off, stalls or lies below it."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.uid import generate_uid
from pynetdicom import AE, evt
from pynetdicom.association import Association
from pynetdicom.dimse_messages import C_STORE_RQ
from pynetdicom.dimse_primitives import C_STORE
from pynetdicom.dsutils import encode
from pynetdicom.pdu import P_DATA_TF
from pynetdicom.presentation import build_context

ECHO = "1.2.840.10008.1.1"


def ct(root: Path, **changes: object) -> Dataset:
    """A real slice, with another SOP Instance UID and what else is to change."""
    dataset = dcmread(root / "tests/data/dicom/CT_small.dcm")
    for keyword, value in {"SOPInstanceUID": generate_uid(entropy_srcs=[repr(changes)]), **changes}.items():
        setattr(dataset, keyword, value)
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    return dataset


@contextmanager
def association(
    port: int, *datasets: Dataset, title="FOVEA", caller="SENDER", **named: object
) -> Iterator[Association]:
    """An association that is released if it still stands, able to carry the given objects."""
    objects = (build_context(dataset.SOPClassUID, dataset.file_meta.TransferSyntaxUID) for dataset in datasets)
    contexts = [build_context(ECHO), *objects]
    opened = []
    handlers = [(evt.EVT_CONN_OPEN, lambda event: opened.append(event.assoc.dul.socket.socket))]
    made = AE(ae_title=caller).associate(
        "127.0.0.1", port, contexts=contexts, ae_title=title, evt_handlers=handlers, **named
    )
    yield made
    if made.is_established:
        made.release()
    for connection in opened:  # pynetdicom leaves it to the collector where the peer went first
        connection.close()


def store(port: int, *datasets: Dataset, **named: object) -> list[int]:
    """The statuses that a receiver gives to these objects, all of one association."""
    with association(port, *datasets, **named) as made:
        assert made.is_established
        return [made.send_c_store(dataset).Status for dataset in datasets]


def pieces(made: Association, dataset: Dataset) -> list[bytes]:
    """A request to store, as the bytes of its PDUs."""
    request = C_STORE()
    request.MessageID, request.Priority = 1, 2
    request.AffectedSOPClassUID, request.AffectedSOPInstanceUID = dataset.SOPClassUID, dataset.SOPInstanceUID
    encoded = encode(dataset, is_implicit_vr=False, is_little_endian=True)
    request.DataSet = BytesIO(encoded)
    message = C_STORE_RQ()
    message.primitive_to_message(request)
    number = next(c.context_id for c in made.accepted_contexts if c.abstract_syntax == dataset.SOPClassUID)
    made_of = []
    for data in message.encode_msg(number, 4096):
        pdu = P_DATA_TF()
        pdu.from_primitive(data)
        made_of.append(pdu.encode())
    return made_of
