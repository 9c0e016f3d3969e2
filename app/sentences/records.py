"""What is said of the record, its keys, operators and settings."""

from app.sentences.sentence import Sentence
from app.state.words import later

THEN_LOCAL = later("Name a folder on a local disk with FOVEA_HOME.")
THEN_PUT_THE_KEY_BACK_F = later("Put the key back, or restore a copy with `fovea restore --first-key`.")
THEN_CORRECT = later("Correct the file.")

RECORDS = (
    Sentence(
        "PR-STORE", later("The database refused what was to be recorded: %1."), later("Report this with the log.")
    ),
    Sentence(
        "ST-READONLY",
        later("%1 cannot be written: %2."),
        later("Give your user write permission for the home folder, or name another home with FOVEA_HOME."),
    ),
    Sentence(
        "ST-CORRUPT",
        later("%1 is not a sound database: %2."),
        later("Keep the file for inspection and put back the newest backup, or name another home with FOVEA_HOME."),
    ),
    Sentence("ST-IO", later("%1 cannot be used: %2."), later("Check the disk and its mount, then try again.")),
    Sentence(
        "ST-NETWORK", later("The home %1 lies on a network file system (%2), where records can be lost."), THEN_LOCAL
    ),
    Sentence(
        "ST-HOME", later("The home %1 is not a folder."), later("Name a folder with FOVEA_HOME, or move the file away.")
    ),
    Sentence(
        "ST-LOCKED",
        later("Another process has been opening %1 for more than %2 s."),
        later("Wait until its migration has ended, then try again."),
    ),
    Sentence(
        "ST-FOREIGN",
        later("%1 is a database of another program (its first table is '%2')."),
        later("Move it away, or name another home with FOVEA_HOME."),
    ),
    Sentence(
        "ST-NEWER",
        later("%1 has schema %2, this program knows up to %3."),
        later("Install the newer Fovea again, or put back the copy made before its migration (%1-schema-*.db)."),
    ),
    Sentence("ST-WAL", later("%1 cannot use a write-ahead log here (SQLite chose '%2')."), THEN_LOCAL),
    Sentence("ST-KEY", later("The audit key %1 does not have %2 bytes."), THEN_PUT_THE_KEY_BACK_F),
    Sentence("ST-KEY", later("The audit key %1 has mode %2, wanted 600."), later("Run: chmod 600 %1")),
    Sentence(
        "ST-KEY-MISSING",
        later("The audit key %1 is missing, and the log beside it was written with it."),
        THEN_PUT_THE_KEY_BACK_F,
    ),
    Sentence(
        "ST-KEYRING",
        later("The system keyring, which keeps the key of the audit log, cannot be used: %1."),
        later("Start Fovea in the session whose keyring it is, and unlock it."),
    ),
    Sentence(
        "ST-BEHIND",
        later(
            "The audit log in %1 has %2 entries; %3 names entry %4, which is not among them: entries "
            "were cut off, or another copy was put in place."
        ),
        later("Run fovea audit verify; fovea restore puts a copy back with a record of it, or goes on from %1."),
    ),
    Sentence(
        "ST-BEHIND",
        later(
            "%1 was put back, or another in its place, while this program had it open: entry %2 of its "
            "audit log is not there any more."
        ),
        later("Start the program again, which goes on with the records that are there now."),
    ),
    Sentence(
        "ST-ANSWERED",
        later("Arrival %1 has an answer for attempt %2 already."),
        later("Nothing is lost: the first answer stands. Run the study again for another."),
    ),
    Sentence(
        "ST-CACHE",
        later("The folder for compiled kernels cannot be used: %1."),
        later("Free space on its disk, or let NUMBA_CACHE_DIR name a folder that you may write to."),
    ),
    Sentence(
        "ST-KEEP",
        later("%1 cannot be written: %2."),
        later("Free space, and give your user write permission for the home."),
    ),
    Sentence("US-ROLE", later("%1 is %2, and the role does not permit '%3'."), later("Ask somebody who is %1.")),
    Sentence("US-REVIEW-OPEN", later("The review lacks %1."), later("Decide, then sign.")),
    Sentence("US-REVIEW", later("Decision %1 of the review: %2."), later("Correct it and save again.")),
    Sentence(
        "US-REVIEW",
        later("Arrival %1 has no outcome of attempt %2 to review."),
        later("Review an outcome that is listed."),
    ),
    Sentence(
        "US-AMEND",
        later("Version %1 is signed by %2; a change of it needs a reason."),
        later("Say why, and save it as a new version."),
    ),
    Sentence(
        "US-PASSWORD",
        later("The %1 has %2 characters; it needs %3 to %4."),
        later("Choose a longer one; a PIN is digits alone."),
    ),
    Sentence(
        "US-IDLE",
        later("The session of %1 is locked: it was ended, or nothing happened for too long."),
        later("Log in again."),
    ),
    Sentence("US-LOGIN", later("The name or the password is wrong."), later("Check both and try again.")),
    Sentence(
        "US-WAIT",
        later("%1 wrong passwords in a row were given for %2; the next is looked at in %3 s."),
        later("Wait, or ask an administrator for a new password."),
    ),
    Sentence("US-OPERATOR", later("%1 is no name for an operator."), later("Give up to 64 printable characters.")),
    Sentence("US-OPERATOR", later("There is an operator %1 already."), later("Choose another name.")),
    Sentence("US-OPERATOR", later("There is no operator %1."), later("See fovea operators list.")),
    Sentence(
        "US-ADMINISTRATOR",
        later("%1 needs an administrator who can log in."),
        later("Add one first: fovea operators add NAME --role administrator."),
    ),
    Sentence("US-SETTINGS", later("The settings in %1 cannot be used: %2."), THEN_CORRECT),
    Sentence("US-SETTINGS", later("%1 cannot be read: %2."), THEN_CORRECT),
    Sentence("US-LISTEN", later("%1 cannot be read: %2."), later("Mend the file or move it away.")),
    Sentence(
        "ST-FULL",
        later("%1 cannot grow: %2."),
        later("Free space on its disk and try again; everything recorded so far is kept."),
    ),
    Sentence(
        "ST-LOCKED",
        later("%1 stayed locked by another program for longer than the time allowed."),
        later("Close what else has it open (a backup, a database browser) and try again."),
    ),
)
