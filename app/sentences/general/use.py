"""What a code says of how the program was used, whatever it names."""

from app.sentences.sentence import Sentence
from app.state.words import later

OF_USE = (
    Sentence(
        "US-ADMISSION",
        later("An unsigned package is let in for a stated reason alone."),
        later("Give `--unsigned` and `--reason` together."),
    ),
    Sentence("US-ARRIVAL", later("There is no arrival of that id."), later("Name one as an export or the log does.")),
    Sentence("US-BACKEND", later("There is no run time of that name."), later("Choose one of those listed.")),
    Sentence(
        "US-CALIBRATE",
        later("Int8 was to be calibrated on images that its figures are measured on, or there are none."),
        later("Calibrate on images like those that the model was trained on."),
    ),
    Sentence(
        "US-CALLERS",
        later("A receiver is to listen for other machines and does not know who may call."),
        later("Name the AE titles of the senders with `--caller`."),
    ),
    Sentence(
        "US-CHANGED",
        later(
            "Somebody else, or the program, changed which version of the model answers meanwhile; or the watch "
            "over a source began anew and nothing came since."
        ),
        later("See `fovea models list` or `fovea monitor report`, and decide again."),
    ),
    Sentence("US-COLUMN", later("The annotations have no column of that name."), later("Name one of those listed.")),
    Sentence(
        "US-DISPLAY",
        later("There is no display to open a window on."),
        later("Start it in a desktop session, or use `fovea run PATH... --out DIR`."),
    ),
    Sentence(
        "US-DISPLAY-LIBRARY",
        later("A system library that windows need is missing."),
        later("`make system` installs all, or prints the line that does."),
    ),
    Sentence(
        "US-EFFORT",
        later("The model has no work variant of that name."),
        later("Choose one of those listed; `fovea models show` tells what each reached."),
    ),
    Sentence(
        "US-EVALUATE",
        later("The images of an evaluation were not all answered by one model."),
        later("Check `--images`, or name a model with `--model`."),
    ),
    Sentence(
        "US-EXPORT-OUT",
        later("An export was asked for without a folder."),
        later("Name one with `--out DIR`; only `fovea export outcomes --json` may do without."),
    ),
    Sentence(
        "US-FIRST-KEY",
        later("The file does not hold the first key of an audit log."),
        later("Name the file that `fovea audit setup` wrote, or type its 64 digits into one."),
    ),
    Sentence(
        "US-FORM",
        later("`models pack` packs a folder as it is, and a graph with a form."),
        later("Give `--form` with a `.onnx` file only."),
    ),
    Sentence(
        "US-HANDED-OVER",
        later("The first key of the audit log is no longer kept here."),
        later("Ask whoever it was handed to."),
    ),
    Sentence(
        "US-IDLE",
        later("The session is locked: it was ended, or nothing happened for too long."),
        later("Log in again."),
    ),
    Sentence(
        "US-KEY",
        later(
            "A key of a query is no DICOM attribute with text, has a value that the attribute cannot have, or "
            "none says what is to be fetched."
        ),
        later("Write it like `StudyDate=20260101-20260131`."),
    ),
    Sentence(
        "US-LISTEN",
        later("A setting of the receiver is not what it may be, or its file cannot be read."),
        later("The message says what it may be."),
    ),
    Sentence("US-MODEL", later("No installed model has that name."), later("See `fovea models list`.")),
    Sentence("US-OUT", later("The folder given with `--out` cannot be written."), later("Name another.")),
    Sentence(
        "US-OVERRIDE",
        later("The gate is overridden with a reason alone."),
        later("Give `--override` and `--reason` together."),
    ),
    Sentence(
        "US-PASSWORD",
        later("A password has fewer than 8 characters, a PIN fewer than 6 digits, or the two that were typed differ."),
        later("Choose another."),
    ),
    Sentence("US-PEER", later("The text names no DICOM peer."), later("Write it like `ARCHIVE@192.168.1.20:104`.")),
    Sentence(
        "US-REQUIREMENT",
        later("What a threshold is to reach is not stated as a requirement."),
        later("Write `sensitivity >= 0.92` or `false_per_image <= 0.5`."),
    ),
    Sentence(
        "US-REVIEW",
        later("A review contradicts itself or the outcome that it is about."),
        later("Correct it and save again."),
    ),
    Sentence(
        "US-SEAL", later("The file holds no seal of an audit log."), later("Name a seal file that came with an export.")
    ),
    Sentence(
        "US-SECOND",
        later("`second.toml` of the home cannot be read, or says something unknown."),
        later("Correct it; the message names the field."),
    ),
    Sentence(
        "US-SOURCE",
        later("No study that is watched came from that folder."),
        later("Name a source as `fovea monitor report` does."),
    ),
    Sentence("US-TARGET", later("The file to write is there already."), later("Name one that is not there yet.")),
    Sentence(
        "US-TERMINAL",
        later("The first key is shown on a terminal alone, and wiped only once its end was typed in."),
        later("Use a terminal, or name a file with `--out`."),
    ),
    Sentence(
        "US-TITLE",
        later("The text is no AE title: 1 to 16 ASCII characters without a backslash."),
        later("Give the title that the peer was configured with."),
    ),
    Sentence(
        "US-TLS",
        later(
            "The files for TLS cannot be used: a certificate, its key or the authority is missing or damaged, "
            "or the key has a password."
        ),
        later("Name them as PEM files."),
    ),
    Sentence("US-TORCH", later("Training needs torch, which is not installed."), later("Install the extra `learn`.")),
    Sentence(
        "US-TRAINED",
        later("The model was trained on an image that it is to be measured on."),
        later("Take it off the set."),
    ),
    Sentence(
        "US-UNREACHED",
        later("No threshold reaches what is required."),
        later("State less, or train the model further."),
    ),
    Sentence("US-VERSION", later("Several versions of the model could be meant."), later('Name one: `"ID VERSION"`.')),
    Sentence(
        "US-WATCH",
        later("A watched folder is not there, or one of its settings is not what it may be."),
        later("The message names the setting and its values; see watched folders."),
    ),
)
