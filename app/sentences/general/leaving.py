"""What a code says of training, exports, time and faults of ours, whatever it names."""

from app.sentences.sentence import Sentence
from app.state.words import later

OF_LEAVING = (
    Sentence(
        "LE-CHECKPOINT",
        later("The checkpoint is damaged, or belongs to another recipe."),
        later("Train anew without `--resume`, or restore the recipe."),
    ),
    Sentence(
        "LE-DEVICE",
        later("Training was asked to run on a GPU, and torch finds none."),
        later("Check the driver, or train with `--device cpu`."),
    ),
    Sentence(
        "LE-DIVERGED",
        later("The loss of a training is no number any more. The checkpoint before it is kept."),
        later("Lower the recipe's `learning_rate` or `gradient_limit` and train anew."),
    ),
    Sentence("LE-EMPTY", later("There is no image to learn from."), later("Name a COCO file with images.")),
    Sentence(
        "LE-FOLDS",
        later(
            "The folds of the recipe do not name each group once, there are fewer groups than folds, or a folder holds "
            "a fold of something else."
        ),
        later("Correct them, or name another folder."),
    ),
    Sentence(
        "LE-IMAGE",
        later(
            "An image that the truth file names is missing, or is none that the recipe can learn from (a "
            "picture among volumes, other channels, no spacing)."
        ),
        later("Check `--data`, or take the image off the set."),
    ),
    Sentence(
        "LE-LABEL", later("A label of the recipe has no example."), later("Annotate some, or take it off the recipe.")
    ),
    Sentence(
        "LE-MEMORY",
        later("A step of a training, or its images, need more memory than is free. The checkpoint is kept."),
        later(
            "Close other programs and go on with `--resume`, or make the recipe's `batch`, `crop` or "
            "`spacing_mm` cheaper and train anew."
        ),
    ),
    Sentence("LE-OUTSIDE", later("An annotation lies outside its image."), later("Correct or remove it.")),
    Sentence(
        "LE-RECIPE",
        later("The recipe cannot be read, lacks a field or breaks a rule."),
        later("Compare it with a bundled one."),
    ),
    Sentence(
        "LE-TRUTH",
        later(
            "The truth file cannot be read, is no sound COCO file, or does not fit its images (their sizes; "
            "`bbox` in pictures, `box_vox` in volumes)."
        ),
        later("Export it again."),
    ),
    Sentence(
        "EX-BURNED-IN",
        later(
            "A picture that may show a name in its pixels was to leave without names: a photograph, an "
            "ultrasound, a secondary capture, or one whose file says so."
        ),
        later("Look at the pictures; if they show none, repeat with `--confirm-burned-in`."),
    ),
    Sentence(
        "EX-COLOUR",
        later(
            "A presentation state was asked of images whose colours come from a palette, or of which only some "
            "are in colour."
        ),
        later("Export `sr` or `seg`."),
    ),
    Sentence(
        "EX-NO-INSTANCE",
        later("There is no DICOM instance that an object could refer to: a photograph or a volume file."),
        later("`--wrap-photographs` makes instances of photographs; otherwise answer the study as DICOM."),
    ),
    Sentence(
        "EX-NOT-REVIEWED",
        later("A study without a signed review was to become training data."),
        later("Review and sign it."),
    ),
    Sentence(
        "EX-NOT-SEEN",
        later("No pixel of the study was looked at, so there is nothing to report on."),
        later("Answer it; `fovea export outcomes` has why it was not."),
    ),
    Sentence(
        "EX-NOTHING",
        later("The study has no place that could be drawn."),
        later("`fovea export sr` or `report` says so in words."),
    ),
    Sentence(
        "EX-ORIGINAL-CHANGED",
        later("The files hold other bytes than when they were answered."),
        later("Put them back as they were, or answer them again."),
    ),
    Sentence(
        "EX-ORIGINAL-GONE",
        later("The files are not where they were answered."),
        later("Put them back, or answer them where they are."),
    ),
    Sentence(
        "EX-OUT",
        later("The folder of an export cannot be written."),
        later("Free space or name another; repeat the call, which goes on."),
    ),
    Sentence("EX-OUT-BUSY", later("Another process is exporting to that folder."), later("Wait, or name another.")),
    Sentence(
        "EX-OUT-OTHER",
        later("An export that was asked for in another way was stopped on its way to that folder."),
        later("Repeat that one, name another folder, or remove what is left of it."),
    ),
    Sentence(
        "EX-OUT-TAKEN",
        later("The folder is there already and holds something."),
        later("Name one that is not there yet."),
    ),
    Sentence(
        "EX-SOURCE",
        later("A file of the study lacks what a reference to it needs, or holds values that cannot be written."),
        later("Export it again from the archive or scanner."),
    ),
    Sentence("BU-CANCELLED", later("A person stopped it."), later("Run it again when ready.")),
    Sentence(
        "BU-TIME",
        later(
            "The budget ran out, or less was left of it than the next tile takes; what was found and the share "
            "covered are in the outcome."
        ),
        later("Give more time with `--budget`."),
    ),
    Sentence(
        "PR-DECODER",
        later("A decoder process did not start, or failed in a way that was not foreseen."),
        later("Close other programs and try again; report it with the log."),
    ),
    Sentence(
        "PR-HEAD", later("A network was asked for what its head does not give."), later("Report it with the log.")
    ),
    Sentence("PR-JOB", later("Work in the background of the window failed."), later("Report it with the log.")),
    Sentence(
        "PR-MODELS",
        later("The process that imported a package or asked the gate for the window ended before it was done."),
        later("Close other programs and try again; report it with `logs/models.log`."),
    ),
    Sentence(
        "PR-STORE",
        later("What was to be recorded contradicts itself or the database's rules."),
        later("Report it with the log."),
    ),
    Sentence(
        "PR-UNCAUGHT", later("An error that nothing caught; the window stays open."), later("Report it with the log.")
    ),
    Sentence(
        "PR-WORKER",
        later("The worker process failed outside of any study; another is started."),
        later("Report it with `logs/worker.log`."),
    ),
)
