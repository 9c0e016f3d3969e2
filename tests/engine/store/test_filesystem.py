import os
import threading
from pathlib import Path

import pytest

from engine.errors import StoreError
from engine.places import Home
from engine.store.filesystem import filesystem_of, filesystem_of_device, opening, refuse_network

MOUNTS = r"""22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
23 22 0:21 / /proc rw,relatime - proc proc rw
30 22 0:40 / /data rw,relatime shared:5 - nfs4 server:/export rw,vers=4.2
31 30 0:41 / /data/local rw,relatime shared:6 master:2 - xfs /dev/vdb rw
32 22 0:42 / /mnt/lab\040share rw,relatime - cifs //lab/share rw
33 22 0:43 / /home rw - autofs systemd-1 rw
34 22 0:44 / /home rw - fuse.sshfs user@host: rw
a line that is none
"""


@pytest.mark.parametrize(
    ("path", "filesystem"),
    [
        ("/", "ext4"),
        ("/var/lib/fovea", "ext4"),
        ("/data", "nfs4"),
        ("/data/fovea/home", "nfs4"),
        ("/data/local/fovea", "xfs"),
        ("/database", "ext4"),
        ("/mnt/lab share/fovea", "cifs"),
        ("/home/reader/.local/share/fovea", "fuse.sshfs"),
    ],
)
def test_filesystem_is_that_of_the_deepest_and_last_mount(path, filesystem):
    assert filesystem_of(Path(path), MOUNTS) == filesystem


@pytest.mark.parametrize(("number", "filesystem"), [((0, 40), "nfs4"), ((254, 0), "ext4"), ((0, 4), "")])
def test_filesystem_of_a_device_is_that_of_its_mount(number, filesystem):
    assert filesystem_of_device(os.makedev(*number), MOUNTS) == filesystem


@pytest.mark.parametrize("root", ["/data/fovea", "/mnt/lab share/fovea", "/home/reader"])
def test_home_on_a_network_file_system_is_refused(root):
    with pytest.raises(StoreError, match="network file system") as caught:
        refuse_network(Home(Path(root)), MOUNTS)
    assert caught.value.code == "ST-NETWORK"


def test_home_on_a_local_disk_or_without_a_mount_table_is_let_through():
    refuse_network(Home(Path("/data/local/fovea")), MOUNTS)
    refuse_network(Home(Path("/data/fovea")), "")


def test_second_opener_waits_no_longer_than_the_limit(home):
    with opening(home, 1.0), pytest.raises(StoreError) as caught, opening(home, 0.05):
        pass
    assert caught.value.code == "ST-LOCKED"


def test_second_opener_goes_on_when_the_first_is_done(home):
    order = []

    def second():
        with opening(home, 10.0):
            order.append("second")

    with opening(home, 1.0):
        waiting = threading.Thread(target=second)
        waiting.start()
        order.append("first")
    waiting.join()
    assert order == ["first", "second"]
