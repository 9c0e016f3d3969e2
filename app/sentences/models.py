"""What is said of model packages, and of which version answers."""

from app.sentences.sentence import Sentence
from app.state.words import later

THEN_LIST = later("See `fovea models list`.")
THEN_MAKER = later("Get the package again from its maker.")

MODELS = (
    Sentence(
        "MD-UNSIGNED",
        later("The package %1 is refused: %2."),
        later(
            "Pack it with a key: fovea models pack --key FILE; an administrator can let it in with fovea models import "
            "--unsigned --reason TEXT."
        ),
    ),
    Sentence(
        "MD-UNTRUSTED",
        later("The package %1 is refused: %2."),
        later("If you trust its maker, put their public key (*.pub) into HOME/keys/trusted."),
    ),
    Sentence("MD-SIGNATURE", later("The package %1 is refused: %2."), THEN_MAKER),
    Sentence("US-MODEL", later("No installed model is called '%1' (installed: %2)."), THEN_LIST),
    Sentence("US-EFFORT", later("%1 has no effort '%2'; it has %3."), later("Choose one of these.")),
    Sentence("US-REQUIREMENTS", later("The requirements in %1 cannot be used: %2."), later("Correct the file.")),
    Sentence(
        "US-CHANGED",
        later("Meanwhile %1 %2 was made the one that answers."),
        later("Look at `fovea models list`, and decide again."),
    ),
    Sentence("US-SHADOW", later("%1 cannot be a shadow: %2."), THEN_LIST),
    Sentence("US-SHADOW", later("%1 has no shadow."), THEN_LIST),
    Sentence(
        "US-NO-WAY-BACK",
        later("No other version of %1 answered before the one that answers now."),
        later("See `fovea models list`; `fovea models activate` makes another version answer."),
    ),
    Sentence(
        "MD-GATE",
        later("The gate refuses %1. %2: %3%4"),
        later("Train a better one, or let an administrator override it: `--override --reason TEXT`."),
    ),
    Sentence(
        "MD-INACTIVE",
        later("%1 %2, which answered before, is not on the shelf any more."),
        later("Import it again, or activate another version."),
    ),
    Sentence(
        "MD-INACTIVE",
        later("No model answers here: %1."),
        later('Activate one: `fovea models activate ID`; or name a version with --model "ID VERSION".'),
    ),
    Sentence(
        "MD-NONE", later("No usable model is installed%1"), later("See `fovea models list`, and install a model.")
    ),
    Sentence("MD-MISSING", later("There is no model package at %1."), later("Name a package's folder or zip.")),
    Sentence("MD-MISSING", later("The package %1 holds no %2."), THEN_MAKER),
    Sentence("MD-UNREADABLE", later("The package %1 cannot be read: %2."), THEN_MAKER),
    Sentence("MD-UNSAFE", later("The package %1 is refused: %2."), THEN_MAKER),
    Sentence("MD-SIZE", later("The package %1 is too large: %2."), THEN_MAKER),
    Sentence("MD-MANIFEST", later("manifest.toml: %1 %2."), later("Correct the manifest and pack the model again.")),
    Sentence(
        "MD-GRAPH",
        later("model.onnx cannot be read as an ONNX graph: %1."),
        later("Export the graph again and pack the model."),
    ),
    Sentence(
        "MD-PARITY",
        later("The golden cases of %1 are not answered as they were packed: %2"),
        later("Get the package again from its maker, with the version of Fovea that it was packed with."),
    ),
    Sentence(
        "MD-EXISTS",
        later("%1 is on the shelf already, in %2."),
        later("Give a changed model another version; move the folder away to import the same one again."),
    ),
    Sentence("MD-WRITE", later("The package cannot be copied to %1: %2."), later("Free space on its disk.")),
    Sentence("MD-SUMS", later("%1 has no %2: it was never packed."), later("Run `fovea models pack` on the folder.")),
    Sentence("MD-HASH", later("%1 of the package %2 is not the file that its maker packed."), THEN_MAKER),
    Sentence("MD-FILES", later("The package %1: %2"), THEN_MAKER),
)
