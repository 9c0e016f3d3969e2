"""What is said of alarms, with the short name of each in place of a code; `docs/operations.md` lists them."""

from app.sentences.sentence import Sentence
from app.state.words import later

ALARMS = (
    Sentence(
        "no-worker",
        later("No worker is there to answer; studies waiting: %1."),
        later("Start what is to answer them: the service, `fovea watch` or `fovea listen`; see the log of the home."),
    ),
    Sentence("not-running", later("`fovea %1` is not running."), later("Start it, or its service.")),
    Sentence(
        "not-fed",
        later("fovea %1: %2"),
        later("Mend what it names; it is tried again by itself. What came meanwhile is taken then."),
    ),
    Sentence(
        "stat-late",
        later("Stat cases that wait and are expected to be late: %1, by up to %2 s."),
        later("Look at these studies yourself."),
    ),
    Sentence(
        "waits-long",
        later("A study has waited for %1 minutes (limit %2)."),
        later("More comes than can be answered: see docs/operations.md, or pause what sends."),
    ),
    Sentence(
        "failed",
        later("Studies that failed within the last hour: %1, the newest with %2."),
        later("See their reasons below, and report them with the log."),
    ),
    Sentence("gpu-lost", later("The newest answer came from the CPU (%1)."), later("Run `fovea doctor`.")),
    Sentence(
        "model-taken-back",
        later("%1%2 was taken back on %3 UTC and %4 answers again: %5"),
        later("Find out why; then `fovea models activate %1` the version that is to answer."),
    ),
    Sentence(
        "source-changed",
        later("%1 is not what it was since %2 UTC, as %3 sees it: %4."),
        later("See `fovea monitor report`; once the cause is found, `fovea monitor begin SOURCE --reason TEXT`."),
    ),
    Sentence(
        "disk-low",
        later("The disk of the home has %1 MiB left (limit %2 MiB)."),
        later("Free space; on a full disk nothing can be answered."),
    ),
)
