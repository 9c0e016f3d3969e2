"""What a code says of a file, a study or a model package, whatever it names."""

from app.sentences.sentence import Sentence
from app.state.words import later

OF_INPUTS = (
    Sentence(
        "IN-DCM-GEOMETRY",
        later("Position, orientation or spacing are no numbers, or the axes not at right angles."),
        later("Export the image again."),
    ),
    Sentence(
        "IN-DCM-HEADER",
        later(
            "A header field is missing or no value of its kind, or it contradicts the pixels or the number of frames."
        ),
        later("Export the image again."),
    ),
    Sentence(
        "IN-DECODE",
        later("The decoder cannot make a picture of the file: it is damaged or cut short."),
        later("Open it in the program that wrote it and export it again."),
    ),
    Sentence(
        "IN-FORMAT",
        later("The first bytes are those of no format that is read, whatever the name ends in."),
        later("Export the picture as PNG, JPEG, BMP, TIFF, DICOM, NIfTI, MetaImage or NRRD."),
    ),
    Sentence(
        "IN-MEMORY",
        later("The picture does not fit into the memory that is free, or that a file of its size may take."),
        later("Close other programs, or export it smaller."),
    ),
    Sentence(
        "IN-RAS-COLOUR",
        later("The picture has colours, bits or channels that are not read."),
        later("Export it as 8 or 16 bit grey or RGB."),
    ),
    Sentence("IN-RAS-TRUNCATED", later("The picture is cut short."), later("Copy or export it again.")),
    Sentence(
        "IN-SER-GAP",
        later(
            "A step between slices is more than 1.5 times the larger of its neighbours, or than the model's "
            "own limit: slices are missing."
        ),
        later("Send or export the whole series again."),
    ),
    Sentence(
        "IN-SER-INCOMPLETE",
        later(
            "Slices at an end of a series are missing, as its headers count or number them; what is there was "
            "answered, as `incomplete`."
        ),
        later("Send or export the whole series again."),
    ),
    Sentence(
        "IN-SER-MIXED",
        later("Files that were taken for one series are not the slices of one volume, or not any more."),
        later("Open the files or their folder again."),
    ),
    Sentence(
        "IN-SPECIAL", later("The path is a pipe, a device or a socket."), later("Give the path of a picture file.")
    ),
    Sentence(
        "IN-UNREADABLE",
        later("The system would not let the file be read."),
        later("Check its permissions, and that its disk or share is connected."),
    ),
    Sentence(
        "IN-VOL-HEADER",
        later("The header of a volume file lacks a field, or contradicts itself or the file's length."),
        later("Export it again."),
    ),
    Sentence(
        "IN-ZIP-ENCRYPTED",
        later("Files in a zip archive are encrypted."),
        later("Extract it with its password and give the folder."),
    ),
    Sentence(
        "IN-ZIP-METHOD",
        later("Files in a zip archive are compressed in a way that is not read; read are stored and deflated ones."),
        later("Extract it and give the folder."),
    ),
    Sentence(
        "OD-TEMPLATE",
        later("No template fits the study, or it shows another part."),
        later("See what `second.toml` says, and add the template."),
    ),
    Sentence(
        "OD-UNLIKE",
        later(
            "The pixels or the scanner are unlike those of the training images, and the model wants such studies "
            "refused."
        ),
        later("Look for what changed, or choose a model made for such studies."),
    ),
    Sentence(
        "MD-ADMISSION",
        later("The note that lets an unsigned package in cannot be read."),
        later("Import the package again, or sign it."),
    ),
    Sentence(
        "MD-EXISTS",
        later("The target of `models pack` exists already, or a model of that id and version is on the shelf."),
        later("Move it away, name another, or give the model another version."),
    ),
    Sentence(
        "MD-FILES",
        later("A package lacks a file, or holds one that is not listed."),
        later("Get it again from its maker; when packing, move the file out."),
    ),
    Sentence(
        "MD-FORM",
        later(
            "A form to pack a graph with cannot be read or written, leaves fields open, or names a file that "
            "is not there."
        ),
        later("Fill it in."),
    ),
    Sentence("MD-GOLDEN", later("A golden case is not sound."), later("Correct it and pack again.")),
    Sentence(
        "MD-GRAPH",
        later("The graph does not fit its manifest, or differs from the network that it was exported from."),
        later("Correct the manifest or export again, then pack."),
    ),
    Sentence(
        "MD-HEAD",
        later("The head that a manifest names cannot be used here."),
        later("Install the package that brings it."),
    ),
    Sentence("MD-INCOMPLETE", later("The folder to pack lacks a part of a model."), later("Add it and pack again.")),
    Sentence(
        "MD-KEYFILE",
        later("A key file cannot be read or written, or holds no Ed25519 key."),
        later("Name a sound one; `openssl genpkey -algorithm ed25519` makes one."),
    ),
    Sentence(
        "MD-MANIFEST", later("A field of `manifest.toml` is missing or wrong."), later("Correct it and pack again.")
    ),
    Sentence(
        "MD-MISSING", later("There is no package, or no such file in it."), later("Name a package's folder or zip.")
    ),
    Sentence("MD-REFERENCE", later("`reference.json` is not sound."), later("Measure the training images again.")),
    Sentence(
        "MD-SIGNATURE",
        later("The signature does not belong to these files."),
        later("Get the package again from its maker."),
    ),
    Sentence(
        "MD-SUMS",
        later("`SHA256SUMS` is missing or not sound."),
        later("Run `fovea models pack`, or get the package again."),
    ),
    Sentence(
        "MD-TRAINED", later("The package's list of training images is not sound."), later("Pack the model again.")
    ),
    Sentence(
        "MD-UNREADABLE", later("A file of the package cannot be read."), later("Get the package again from its maker.")
    ),
    Sentence(
        "MD-UNSIGNED",
        later("The package has no signature."),
        later("Pack it with a key: `fovea models pack --key FILE`."),
    ),
    Sentence(
        "MD-UNTRUSTED",
        later("The package is signed by a key that is not trusted here."),
        later("If you trust its maker, put their public key into `keys/trusted` of the home."),
    ),
    Sentence("MD-WRITE", later("The package cannot be written."), later("Free space, or name another target.")),
)
