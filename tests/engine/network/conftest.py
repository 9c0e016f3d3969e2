"""What the tests of associations share: a receiver on a free port, in a home of its own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from engine.network.receive import Receiver, Reception, receiving

Start = Callable[..., Receiver]


@pytest.fixture
def start(home) -> Iterator[Start]:
    """Starts a receiver with the given settings; it ends with the test."""
    with ExitStack() as running:
        yield lambda **named: running.enter_context(
            receiving(home, Reception(port=0, **{"keep_free_bytes": 0, **named}))
        )
