"""A worker in a thread of the tests' own process: everything is real but the process around it."""

import threading
import uuid
from contextlib import contextmanager

from engine.places import RESOURCES
from engine.queue.heart import nothing
from engine.queue.locks import supervisor_lock, taken
from engine.queue.orders import Link, Orders, fault_of
from engine.queue.worker import Ending, serve


class WorkerThread:
    """What `engine.queue.process.WorkerProcess` is to a supervisor."""

    how_it_ended = ""
    pid = 0

    def __init__(self, orders):
        self._link, theirs = Link.pair()
        self._thread = threading.Thread(target=self._serve, args=(orders, Link(theirs)))
        self._thread.start()

    def receive(self, timeout_s):
        return self._link.receive(timeout_s)

    def ask_to_end(self):
        self._link.hang_up()

    def close(self):
        self._link.hang_up()
        self._thread.join()
        self._link.close()

    @staticmethod
    def _serve(orders, link):
        serve(orders, link, Ending(link, nothing), nothing)
        link.close()


@contextmanager
def working(home, *, resources=RESOURCES / "no-models", seen=""):
    """Answers the queue of a home inside the block; nobody else can supervise it meanwhile."""
    orders = Orders(str(home.root), str(resources), uuid.uuid4().hex[:12], None, 1, seen)
    with taken(supervisor_lock(home)):
        worker = WorkerThread(orders)
        try:
            while not worker.receive(None).get("ready"):
                pass
            yield orders
        finally:
            worker.ask_to_end()
            fault = None
            while (message := worker.receive(None)) is not None:
                fault = fault_of(message) or fault
            worker.close()
        if fault:
            raise fault
