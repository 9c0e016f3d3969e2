"""What a code says of the home, the queue, peers and run times, whatever it names."""

from app.sentences.sentence import Sentence
from app.state.words import later

OF_HOMES = (
    Sentence(
        "ST-ANSWERED", later("This attempt has an answer already."), later("Nothing is lost: the first answer stands.")
    ),
    Sentence(
        "ST-BEHIND",
        later(
            "The database is behind the head file of its audit log: entries were cut off, or another copy was "
            "put in place; a program that had it open then ends."
        ),
        later(
            "After a restore start the program again; otherwise `fovea audit verify` says how; `fovea restore` "
            "puts a copy back, or goes on from the database as it is, with a record of it."
        ),
    ),
    Sentence(
        "ST-COPY",
        later("A copy of the database is damaged, its log does not hold, or it is another home's."),
        later("Use another copy."),
    ),
    Sentence(
        "ST-HEAD",
        later("The head file of the audit log was changed."),
        later("`fovea audit verify`; `fovea restore` puts a copy back, or goes on from the database as it is."),
    ),
    Sentence(
        "ST-KEEP",
        later("A small file of the home cannot be written or removed."),
        later("Free space, and give your user write permission for the home."),
    ),
    Sentence(
        "ST-KEY",
        later("A key of the audit log can be read by others, or is none."),
        later("`chmod 600` it, or put it back, or restore a copy with `--first-key`."),
    ),
    Sentence(
        "ST-KEY-MISSING",
        later("The key of the audit log is gone, and the log was written with it."),
        later("Put it back, or restore a copy with `--first-key`."),
    ),
    Sentence(
        "ST-OLDER",
        later("The database has an older schema, so it cannot be verified as it is."),
        later("Run any command that opens it, such as `fovea export`: it is brought up to date, and a copy is kept."),
    ),
    Sentence(
        "ST-VERDICT",
        later("What the parity check found cannot be kept in the home."),
        later("Free space, and give your user write permission for the home."),
    ),
    Sentence(
        "QU-KILLED",
        later(
            "Two workers died while they were at work on the study; it is set aside as `failed`, with how they "
            "ended and how far they were."
        ),
        later(
            "Report it with `logs/worker.log` and `logs/worker-crash.log`, and run the study again once the "
            "cause is gone."
        ),
    ),
    Sentence(
        "NW-ABORTED",
        later("The peer ended the association, or stopped answering in the middle."),
        later("Try again; if it happens again, look into the peer's log."),
    ),
    Sentence(
        "NW-CONNECT",
        later(
            "There is no connection to the peer: wrong host or port, it does not run, or one side speaks TLS "
            "and the other does not."
        ),
        later("Check host, port and certificates."),
    ),
    Sentence(
        "NW-HOME",
        later("Another receiver is at work for this home."),
        later("Stop it first, or name another home with `FOVEA_HOME`."),
    ),
    Sentence(
        "NW-LISTEN",
        later("Nothing can be received at that address: the port is taken, or needs special rights."),
        later("Choose another `--port`, or end the program that listens there."),
    ),
    Sentence(
        "NW-NOT-DICOM",
        later("The file is no DICOM file with its file meta information, so it cannot be sent."),
        later("Send DICOM files."),
    ),
    Sentence(
        "NW-QUERY",
        later("The peer did not answer the query; its own words are in the message."),
        later("Change the keys, or look into the peer's log."),
    ),
    Sentence(
        "NW-REFUSED",
        later("The peer did not store the file; its own words are in the message."),
        later("Look into the peer's log."),
    ),
    Sentence(
        "NW-REJECTED",
        later("The peer does not want to talk to us, by its reason."),
        later("Check both AE titles, and that the peer knows ours."),
    ),
    Sentence(
        "NW-RETRIEVE",
        later("Not all that was asked for came."),
        later("Look into the peer's log; reports and other objects without an image are not taken."),
    ),
    Sentence(
        "NW-SERVICE",
        later("The peer does not offer what was asked for."),
        later("Ask for another way (`--get`, `--move`), or have it enabled at the peer."),
    ),
    Sentence(
        "NW-SYNTAX",
        later("The peer does not take images of that class or compression."),
        later("Have the peer accept it, or export the file uncompressed."),
    ),
    Sentence(
        "BE-ABSENT",
        later("The run time that was named does not work on this machine."),
        later("Leave `--backend` out."),
    ),
    Sentence(
        "BE-CAPABILITY",
        later(
            "TensorRT builds no plans for cards of that compute capability, or only for the card at hand, and "
            "there is none."
        ),
        later(
            "Name another with `--capability`, install the other make of TensorRT, or build where the card is; "
            "see docs/gpu.md."
        ),
    ),
    Sentence(
        "BE-GRAPH",
        later("TensorRT cannot build the graph, or would misread it; each node is named."),
        later("The CPU goes on answering; what the model's author can do stands beside it and in docs/gpu.md."),
    ),
    Sentence(
        "BE-LOAD", later("The run time refused the model."), later("`fovea models verify`, or use the version before.")
    ),
    Sentence(
        "BE-NONE",
        later("No run time may answer with the model here: each is passed over, and the message says why of each."),
        later("`fovea models verify ID`, or use the version before."),
    ),
    Sentence(
        "BE-PLAN",
        later("TensorRT built no plan, its process ended or was stopped."),
        later("`fovea models build` again; if it fails again, report it with the log."),
    ),
    Sentence(
        "BE-PLAN-HOME",
        later("A plan cannot be kept in the home."),
        later("Free space, or make `plans` and `keys` of the home writable."),
    ),
    Sentence(
        "BE-PRECISION",
        later("The graph has no variant in half precision, or in int8."),
        later("Use it in fp32, or export it again."),
    ),
    Sentence(
        "BE-RUN",
        later("The run time failed while it ran the model."),
        later("Run the study again, then `fovea doctor`."),
    ),
    Sentence(
        "BE-SHAPE", later("Fovea gave the run time an array of the wrong shape."), later("Report it with the log.")
    ),
    Sentence(
        "BE-VALUES",
        later("The model returned values that are no probabilities, or was given pixels that are no numbers."),
        later("`fovea models verify`; check the study's rescale slope and intercept."),
    ),
)
