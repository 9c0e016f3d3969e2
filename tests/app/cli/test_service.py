"""The words that a service manager hears, over a socket as systemd makes it."""

from __future__ import annotations

import os
import socket
from contextlib import closing

import pytest

from app.cli.service import tell_service_manager


@pytest.mark.parametrize("is_abstract", [False, True])
def test_the_manager_hears_what_it_is_told(tmp_path, monkeypatch, is_abstract):
    place = f"@fovea-test-{os.getpid()}" if is_abstract else str(tmp_path / "notify")
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as manager:
        manager.bind(place.replace("@", "\0"))
        manager.settimeout(10.0)
        monkeypatch.setenv("NOTIFY_SOCKET", place)
        tell_service_manager("STATUS=\udcff cannot be listed")
        assert manager.recv(100) == b"STATUS=\\udcff cannot be listed"


@pytest.mark.parametrize("place", ["", "relative", "/nowhere/at/all"])
def test_without_a_manager_nothing_happens(monkeypatch, place):
    monkeypatch.setenv("NOTIFY_SOCKET", place)
    tell_service_manager("READY=1")
