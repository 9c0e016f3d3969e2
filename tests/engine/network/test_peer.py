"""Peers as a person writes them."""

import pytest

from engine.errors import UsageError
from engine.network.peer import Peer, ae_title


def test_title_host_and_port_are_taken_apart():
    assert Peer.parse("ARCHIVE@pacs.local:104") == Peer("ARCHIVE", "pacs.local", 104)


def test_ipv6_address_stands_in_brackets():
    peer = Peer.parse("A B@[fe80::1]:11112")
    assert peer == Peer("A B", "fe80::1", 11112)
    assert str(peer) == "A B@[fe80::1]:11112"


@pytest.mark.parametrize("text", ["", "ARCHIVE", "ARCHIVE@host", "@host:104", "A@host:0", "A@host:70000", "A@ho st:1"])
def test_anything_else_is_wrong_use(text):
    with pytest.raises(UsageError) as error:
        Peer.parse(text)
    assert error.value.code == "US-PEER"


@pytest.mark.parametrize("text", ["", "   ", "SEVENTEEN_LETTERS", "BACK\\SLASH", "UMLÄUT", "TAB\t"])
def test_titles_are_held_to_the_standard(text):
    with pytest.raises(UsageError) as error:
        ae_title(text)
    assert error.value.code == "US-TITLE"
