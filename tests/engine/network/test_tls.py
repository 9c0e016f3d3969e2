"""TLS on both sides: who shows no certificate, or one of a stranger, is not served and keeps nobody else waiting."""

import socket
from dataclasses import replace

import pytest
from pynetdicom.presentation import build_context

from engine.errors import NetworkError, UsageError
from engine.network.association import Call, associated
from engine.network.peer import Peer
from engine.network.tls import TlsFiles, calling_tls, listening_tls
from tests.engine.network.certificates import Authority
from tests.engine.network.scu import ECHO


@pytest.fixture
def authority(tmp_path):
    return Authority.make(tmp_path / "site", "site")


def echo(port, files):
    call = Call(Peer("FOVEA", "127.0.0.1", port), tls=files, wait_s=5.0)
    with associated(call, [build_context(ECHO)]) as made:
        return made.send_c_echo().Status


def test_both_sides_with_certificates_of_one_authority_understand_each_other(start, authority):
    receiver = start(tls=authority.issue("receiver"))
    assert echo(receiver.port, authority.issue("sender")) == 0


def test_caller_without_certificate_is_not_served(start, authority):
    receiver = start(tls=authority.issue("receiver"))
    with pytest.raises(NetworkError):
        echo(receiver.port, TlsFiles(authority=authority.folder / "authority.pem"))


def test_caller_of_another_authority_is_not_served(start, authority, tmp_path):
    receiver = start(tls=authority.issue("receiver"))
    stranger = Authority.make(tmp_path / "other", "other").issue("stranger")
    with pytest.raises(NetworkError):
        echo(receiver.port, replace(stranger, authority=authority.folder / "authority.pem"))


def test_receiver_of_another_authority_is_not_trusted(start, authority, tmp_path):
    receiver = start(tls=Authority.make(tmp_path / "other", "other").issue("receiver"))
    with pytest.raises(NetworkError) as error:
        echo(receiver.port, authority.issue("sender"))
    assert error.value.code == "NW-CONNECT"


def test_silent_caller_keeps_nobody_waiting(start, authority):
    receiver = start(tls=authority.issue("receiver"))
    with socket.create_connection(("127.0.0.1", receiver.port)):
        assert echo(receiver.port, authority.issue("sender")) == 0


def test_receiver_without_certificate_is_wrong_use(authority):
    with pytest.raises(UsageError, match="a certificate of its own"):
        listening_tls(TlsFiles(authority=authority.folder / "authority.pem"))


def test_missing_file_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"none\.pem: No such file") as error:
        calling_tls(TlsFiles(certificate=tmp_path / "none.pem"))
    assert error.value.code == "US-TLS"


def test_file_that_is_no_certificate_is_named(tmp_path):
    (tmp_path / "text.pem").write_text("no certificate")
    with pytest.raises(UsageError, match=r"text\.pem"):
        calling_tls(TlsFiles(authority=tmp_path / "text.pem"))
