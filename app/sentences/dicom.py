"""What is said of DICOM files, series and volumes that cannot be read."""

from app.sentences.sentence import Sentence
from app.state.words import later

THEN_AGAIN = later("Send or export the image again from the archive or scanner.")
THEN_IMAGE = later("Export the image again from the archive or scanner.")
THEN_SERIES = later("Send or export the whole series again from the archive or scanner.")
THEN_VOLCOPY = later("Copy or export the volume again.")

DICOM = (
    Sentence(
        "IN-DIR-MISSING",
        later("%1 references %2 files, and %3 of them are not there: %4."),
        later("Copy the whole medium again, with all of its folders."),
    ),
    Sentence(
        "IN-DIR-OUTSIDE",
        later("%1 references files outside its own folder, %2 in all: %3."),
        later("Give these files by name, if you trust its maker."),
    ),
    Sentence(
        "IN-DIR-DAMAGED",
        later("%1 is the directory of a DICOM medium, but its list of files cannot be read."),
        later("Give the folder that it lies in; then all files there are found."),
    ),
    Sentence(
        "IN-DCM-DIRECTORY",
        later("%1 is the directory of a DICOM medium, not an image."),
        later("Give the folder that it lies in."),
    ),
    Sentence(
        "IN-DCM-COLOUR",
        later("%1 is %2 with %3 bits; this conversion is defined for 8."),
        later("Export the image as RGB."),
    ),
    Sentence(
        "IN-DCM-COLOUR",
        later(
            "%1 has %2 samples a pixel of kind %3 (0028,0004); read are MONOCHROME1, MONOCHROME2, "
            "PALETTE COLOR, RGB and YBR_FULL, _FULL_422, _RCT and _ICT."
        ),
        later("Export the image in grey or RGB."),
    ),
    Sentence(
        "IN-DCM-COLOUR",
        later("%1 is %2 by its header, but its compressed stream does not say the same."),
        later("Export the image again without compression."),
    ),
    Sentence(
        "IN-DCM-TRUNCATED",
        later("%1 is cut short: %2 bytes of pixels are there, at least %3 belong there."),
        THEN_AGAIN,
    ),
    Sentence(
        "IN-DCM-TRUNCATED", later("%1 is cut short: it ends after %2 bytes, inside one of its elements."), THEN_AGAIN
    ),
    Sentence(
        "IN-DCM-TRUNCATED", later("%1 is cut short: its JPEG 2000 stream of %2 bytes has no end marker."), THEN_AGAIN
    ),
    Sentence(
        "IN-DCM-FRAGMENTS",
        later(
            "%1 holds %2 fragments of pixels for %3 frames, and neither an offset table nor their "
            "beginnings say which belong together."
        ),
        THEN_IMAGE,
    ),
    Sentence("IN-DCM-FRAGMENTS", later("%1 has (%2,%3) where a fragment of its pixels should begin."), THEN_IMAGE),
    Sentence("IN-DCM-FRAGMENTS", later("%1 cuts its pixels into fragments, which %2 does not know."), THEN_IMAGE),
    Sentence(
        "IN-DCM-HEADER",
        later("%1 holds %2 bytes of pixels, its header describes %3: one of them is wrong."),
        THEN_IMAGE,
    ),
    Sentence("IN-DCM-HEADER", later("%1 describes %2 frames (5200,9230) and holds %3 (0028,0008)."), THEN_IMAGE),
    Sentence(
        "IN-DCM-NOPIXELS",
        later("%1 holds no pixels (modality %2)."),
        later("Give an image; plans, reports and files cut before their pixels hold none."),
    ),
    Sentence("IN-DCM-NOPIXELS", later("%1 holds two pixel elements, wanted is 1."), THEN_IMAGE),
    Sentence(
        "IN-DCM-SYNTAX",
        later("%1 names no transfer syntax (0002,0010), so its bytes cannot be read for certain."),
        THEN_IMAGE,
    ),
    Sentence(
        "IN-DCM-SYNTAX",
        later("%1 is stored as %2 (0002,0010), which is not read%3."),
        later("Export the image uncompressed or as JPEG, JPEG-LS, JPEG 2000 or RLE."),
    ),
    Sentence(
        "IN-DCM-DAMAGED", later("%1 is deflated, and cannot be inflated: %2."), later("Copy or export the image again.")
    ),
    Sentence("IN-DCM-STREAM", later("%1: the compressed stream holds %2, the header says %3."), THEN_IMAGE),
    Sentence(
        "IN-DCM-RESCALE",
        later("%1 has rescale slope %2 and intercept %3; wanted are finite numbers, the slope not 0."),
        THEN_IMAGE,
    ),
    Sentence(
        "IN-SER-OVERLAP",
        later(
            "%1 has two different images at one position, %2 and %3, and nothing in them that would "
            "tell two series apart."
        ),
        later("Export each series by itself from the archive or scanner."),
    ),
    Sentence(
        "IN-SER-VALUES",
        later("%1 holds values from %2 to %3 (%4), the first slice of its series is stored as %5, %6 to %7."),
        later("Export the series again from the archive or scanner."),
    ),
    Sentence("IN-SER-FILES", later("%1 has %2 files; the limit is %3 a series."), later("Export the series in parts.")),
    Sentence(
        "IN-SER-GAP",
        later("%1 has a step of %2 mm between %3; the limit of %4 is %5 mm."),
        later("Send or export the series with thinner steps, or name a model that allows such steps."),
    ),
    Sentence(
        "IN-SER-GAP",
        later(
            "%1 has a step of %2 mm between slice %3 (%4) and slice %5 (%6) of %7, the larger neighbouring step is "
            "%8 mm (limit %9x): slices are missing%10."
        ),
        THEN_SERIES,
    ),
    Sentence(
        "IN-SER-GAP",
        later("%1 more gaps follow."),
        later(
            "Send or export the whole series again; if nothing belongs between acquisitions %1 and %2, each as a "
            "series of its own."
        ),
    ),
    Sentence("IN-SER-GAP", later(", with the instance number %1"), THEN_SERIES),
    Sentence("IN-SER-GAP", later(", with the instance numbers %1 and %2"), THEN_SERIES),
    Sentence("IN-SER-GAP", later(", those with the instance numbers %1 to %2"), THEN_SERIES),
    Sentence(
        "IN-SER-MIXED",
        later(
            "%1 is taken for one series, but its %2 files make %3 volumes or images, and %4 of them are no slices "
            "at all."
        ),
        later("Open the files or their folder again."),
    ),
    Sentence(
        "IN-SER-INCOMPLETE",
        later("The headers count %1 images in the series (0020,1209), %2 were found: %3 are missing."),
        THEN_SERIES,
    ),
    Sentence(
        "IN-SER-INCOMPLETE",
        later("The headers count %1 images in acquisition %2 (0020,1002), %3 were found: %4 are missing."),
        THEN_SERIES,
    ),
    Sentence(
        "IN-SER-INCOMPLETE",
        later("The headers count %1 slices (0054,0081), %2 were found: %3 are missing."),
        THEN_SERIES,
    ),
    Sentence(
        "IN-SER-INCOMPLETE",
        later("The instance numbers (0020,0013) begin at %1: %2 of the images before it are missing."),
        THEN_SERIES,
    ),
    Sentence(
        "IN-VOL-PAIR",
        later("%1 is a NIfTI header whose voxels lie in another file."),
        later("Convert the pair to a single .nii file."),
    ),
    Sentence(
        "IN-VOL-PAIR",
        later("%1 spreads its voxels over several files (%2)."),
        later("Save the volume as a single file, with its voxels behind its header."),
    ),
    Sentence(
        "IN-VOL-ENCODING",
        later("%1 stores its voxels as '%2'; read are raw and gzip."),
        later("Save the volume with the encoding raw or gzip."),
    ),
    Sentence(
        "IN-VOL-TYPE",
        later("%1 holds %2 a voxel; read is one whole or real number."),
        later("Export the volume with one value a voxel, e.g. as 16 bit integers."),
    ),
    Sentence(
        "IN-VOL-DIMS",
        later("%1 has the dimensions %2; read are volumes of 3, or single slices."),
        later("Export each volume of a time series or of several channels into a file of its own."),
    ),
    Sentence(
        "IN-VOL-GEOMETRY",
        later("%1 has the axes %2, which are zero, no numbers or not at right angles (limit %3)."),
        later("Resample the volume to a grid with right angles, or export it again."),
    ),
    Sentence("IN-VOL-TRUNCATED", later("%1 is cut short: %2 bytes are there, %3 belong there."), THEN_VOLCOPY),
    Sentence(
        "IN-VOL-HEADER",
        later("%1 holds at least %2 bytes, its header describes %3: one of them is wrong."),
        later("Export the volume again from the program that wrote it."),
    ),
    Sentence(
        "IN-VOL-PATH",
        later("%1 says that its voxels lie in '%2', which is not a file beside it."),
        later("Put the data file beside the header and name it there, or save the volume as a single file."),
    ),
    Sentence("IN-VOL-DAMAGED", later("%1 is damaged: its compressed voxels cannot be inflated (%2)."), THEN_VOLCOPY),
)
