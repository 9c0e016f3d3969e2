"""What is said of studies that were not answered in full, and of run times that fail."""

from app.sentences.sentence import Sentence
from app.state.words import later

THEN_DOCTOR = later("Run the study again; if it fails again, run `fovea doctor`.")
THEN_LOG = later("Report it with the log.")

ANSWERS = (
    Sentence(
        "IN-MODEL-AMBIGUOUS",
        later("This fits the domain of %1 models: %2."),
        later('Name one with --model ID, or --model "ID VERSION"; of two versions, `fovea models activate` one.'),
    ),
    Sentence(
        "OD-NONE",
        later("This is not what any installed model was made for (%1)."),
        later("Install a model that was validated on such studies."),
    ),
    Sentence(
        "OD-MODEL",
        later("This is not what %1 was made for: %2."),
        later("Choose a model that was validated on such studies."),
    ),
    Sentence(
        "OD-SPACING",
        later("The study states no spacing, and the model looks at pixels of %1 mm."),
        later("Export the study with its spacing, or name a model that takes pixels as they are."),
    ),
    Sentence(
        "BU-TIME",
        later("The budget of %1 s ran out at stage '%2'."),
        later("Give more time with --budget, or choose a model effort that needs less."),
    ),
    Sentence(
        "BU-TIME",
        later("The budget of %1 s has %2 s left and the next step takes %3 s, at stage '%4'."),
        later("Give more time with --budget, or choose a model effort that needs less."),
    ),
    Sentence(
        "BU-LATE",
        later("The deadline passed %1 s before the work began, and such studies are dropped here."),
        later("Give more time until the deadline, or have late studies answered nevertheless."),
    ),
    Sentence(
        "OD-UNLIKE",
        later("The pixels are unlike those that %1 was trained on: distance %2 (limit %3), most of all in '%4'."),
        later("Look for what changed: light, lens, scanner or compression; or choose a model made for such studies."),
    ),
    Sentence(
        "OD-UNLIKE",
        later("No training image of %1 names the scanner or the kernel '%2'."),
        later("Choose a model made for this scanner."),
    ),
    Sentence(
        "OD-TEMPLATE",
        later(
            "%1 of the picture differs from its template (limit %2): it shows another part, or lies more than a 16th "
            "of its length from it."
        ),
        later("Give the template of this part, taken by the same camera."),
    ),
    Sentence(
        "QU-KILLED",
        later("The worker died%1 while this study was at stage '%2', with %3 looked at."),
        THEN_LOG,
    ),
    Sentence("QU-KILLED", later("The worker died%1 while this study was at a stage that nobody saw."), THEN_LOG),
    Sentence(
        "QU-KILLED",
        later(
            "Workers died of it %1 times (limit %2). Report it with the worker's log, and run the study again once "
            "the cause is gone."
        ),
        THEN_LOG,
    ),
    Sentence("BU-CANCELLED", later("It was cancelled before work began."), later("Run the study again when ready.")),
    Sentence("BU-CANCELLED", later("Cancelled while at stage '%1'."), later("Run the study again when ready.")),
    Sentence(
        "QU-LEASE",
        later("Arrival %1 is not, or no more, to be answered by %2 (%3)."),
        later("Nothing is lost: whoever has it now answers it."),
    ),
    Sentence(
        "PR-UNEXPECTED",
        later("Fovea failed on this study: %1: %2"),
        later("The log has the details; report it with the log."),
    ),
    Sentence("PR-COVERAGE", later("Only %1 of the scan was looked at."), later("Report it.")),
    Sentence("PR-DECODER", later("A decoder process failed: %1"), later("Report it with the log.")),
    Sentence(
        "PR-DECODER",
        later("A decoder process did not start within %1 s (%2)."),
        later("Close other programs and try again, then run `fovea doctor`."),
    ),
    Sentence(
        "US-WORKER",
        later("Another Fovea answers in this home already, with another %1 (%2, wanted: %3)."),
        later("Close it first, leave the option out, or name another home with FOVEA_HOME."),
    ),
    Sentence(
        "BE-NONE",
        later("No run time may answer with %1 here: %2."),
        later("Run `fovea models verify %1`, or use the version before."),
    ),
    Sentence(
        "BE-GPU-MEMORY",
        later("The GPU's memory is too small for %1."),
        later("Close other programs that use the GPU, or answer with `--backend onnx-cpu`."),
    ),
    Sentence(
        "BE-GPU-LOST",
        later("The GPU was lost: %1."),
        later("Run `fovea doctor`; if it happens again, restart the machine and look for Xid errors in its log."),
    ),
    Sentence(
        "BE-VALUES",
        later("%1 returned values that are no probabilities or no numbers."),
        later("Verify the package with `fovea models verify`."),
    ),
    Sentence(
        "BE-VALUES",
        later("%1 was given pixels that are no numbers."),
        later("Check the pixel values of the study and its rescale slope and intercept."),
    ),
    Sentence(
        "BE-VALUES",
        later("Prepared values reach %1, and %2 takes at most %3 on this run time."),
        later("Check the rescale slope and intercept of the study, or answer with `--backend onnx-cpu`."),
    ),
    Sentence(
        "BE-LOAD",
        later("ONNX Runtime %1 refused %2: %3"),
        later("Verify the package with `fovea models verify`, or use the version before."),
    ),
    Sentence("BE-RUN", later("ONNX Runtime failed while running %1: %2"), THEN_DOCTOR),
    Sentence("BE-RUN", later("TensorRT failed at %1: %2"), THEN_DOCTOR),
)
