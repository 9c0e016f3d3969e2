"""What is said of settings as they are typed, and the parts that such sentences are made of."""

from app.sentences.sentence import Sentence
from app.state.words import later

THEN_MAKE_IT = later("Make it %1.")
THEN_CORRECT_IT = later("Correct the file.")

SETTINGS = (
    Sentence("US-WATCH", later("%1 has %2 = %3."), THEN_MAKE_IT),
    Sentence("US-WATCH", later("%1 has no path."), later("Give the folder that is to be watched.")),
    Sentence(
        "US-WATCH",
        later("%1 has %2 marker, and its completion is %3."),
        later('Give both completion = "marker" and the name of the marker, or neither.'),
    ),
    Sentence("US-WATCH", later("%1 is not a folder."), later("Name the folder that it lies in.")),
    Sentence("US-WATCH", later("%1 and %2 lie in one another."), later("Watch folders that lie apart.")),
    Sentence("US-WATCH", later("%1 has a setting %2 that there is not."), later("Did you mean %1?")),
    Sentence("US-WATCH", later("%1, folder %2"), THEN_MAKE_IT),
    Sentence("US-WATCH", later("one of %1"), THEN_MAKE_IT),
    Sentence("US-WATCH", later("a number"), THEN_MAKE_IT),
    Sentence("US-WATCH", later("a number from %1 to %2"), THEN_MAKE_IT),
    Sentence("US-WATCH", later("a text in quotes"), THEN_MAKE_IT),
    Sentence("US-WATCH", later("a name without folders"), THEN_MAKE_IT),
    Sentence("US-WATCH", later("a list of names"), THEN_MAKE_IT),
    Sentence("US-WATCH", later("a whole number from 1 on"), THEN_MAKE_IT),
    Sentence("US-LISTEN", later("%1 has %2 = %3."), THEN_MAKE_IT),
    Sentence("US-LISTEN", later("a whole number from %1 to %2"), THEN_MAKE_IT),
    Sentence("US-LISTEN", later("a text in quotes"), THEN_MAKE_IT),
    Sentence("US-LISTEN", later("a list of AE titles"), THEN_MAKE_IT),
    Sentence(
        "US-CALLERS",
        later("A receiver that listens at %1 for other machines must know who may call."),
        later("Name the AE titles of the senders (--caller, or callers in listen.toml), or leave the host out."),
    ),
    Sentence(
        "US-TITLE",
        later("'%1' is no AE title: wanted are 1 to 16 characters of ASCII without a backslash."),
        later("Give the title that the peer was configured with."),
    ),
    Sentence("US-SETTINGS", later("%1 is %2, and must be a number of days above 0"), THEN_CORRECT_IT),
    Sentence("US-SECOND", later("The second opinions in %1 cannot be used: %2."), THEN_CORRECT_IT),
    Sentence("US-SECOND", later("'%1' is no id of a model"), THEN_CORRECT_IT),
    Sentence("US-SECOND", later("[%1] by %2 names no '%3'"), THEN_CORRECT_IT),
    Sentence("US-SECOND", later("%1 of [%2] is %3, and must be %4"), THEN_CORRECT_IT),
    Sentence("US-SECOND", later("[%1] asks itself; `flips` asks a model in the mirror"), THEN_CORRECT_IT),
    Sentence("US-SECOND", later("a file name with {stem} or {folder}"), THEN_CORRECT_IT),
    Sentence("US-SECOND", later("a whole number from 0 to 16"), THEN_CORRECT_IT),
    Sentence("US-SECOND", later("a whole number from 1 on"), THEN_CORRECT_IT),
    Sentence("US-SECOND", later("a share above 0 up to 1"), THEN_CORRECT_IT),
    Sentence("US-SECOND", later("a text"), THEN_CORRECT_IT),
)
