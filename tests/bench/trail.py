"""How long it takes to verify a log of 1,000,000 entries, by MACs and by digests alone.

Run: python -m tests.bench.trail [--entries N]
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

from engine.audit.actions import Act
from engine.audit.key import load_key, remove_secret
from engine.audit.log import AuditDraft
from engine.places import Home
from engine.store.database import open_store
from engine.store.statement import driver_of
from engine.store.verify import Evidence, verify_home

CHUNK = 1000


def _fill(store, entries):
    """Entries as the program makes them, a thousand a commit."""
    for first in range(0, entries, CHUNK):
        with store.writer.transaction() as connection:
            driver = driver_of(connection)
            for number in range(first, min(entries, first + CHUNK)):
                draft = AuditDraft("reader", Act.STUDY_VIEWED, f"{number:032x}", {"position": number % 7})
                store.trail.append(driver, draft, store.clock.now())


def _s(work):
    start, cpu = time.perf_counter(), _cpu_s()
    verdict = work()
    return f"{time.perf_counter() - start:6.1f} s ({_cpu_s() - cpu:.1f} s of processor)", verdict


def _cpu_s():
    """Of this process and of those that it started and that have ended."""
    return sum(os.times()[:4])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, default=1_000_000)
    entries = parser.parse_args().entries
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        with open_store(home) as store:
            _fill(store, entries)
        by_mac, verdict = _s(lambda: verify_home(home))
        print(f"{verdict.entries} entries, {verdict.seals} seals, every MAC   {by_mac}   {verdict.broken}")
        key = load_key(home.audit_key)
        remove_secret(home.audit_key)
        by_digest, verdict = _s(lambda: verify_home(home))
        print(f"the same by digests and seals            {by_digest}   {verdict.broken}")
        assert verify_home(home, Evidence(first_key=key)).broken is None


if __name__ == "__main__":
    main()
