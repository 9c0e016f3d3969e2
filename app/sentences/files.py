"""What is said of files that cannot be read: pictures, archives and folders."""

from app.sentences.sentence import Sentence
from app.state.words import later

THEN_COPY = later("Copy or export the file again.")
THEN_PARTS = later("Export the picture in smaller parts.")
THEN_WAIT = later("Wait until the program that writes it is done, then run it again.")
THEN_PACK = later("Copy or pack the archive again.")

FILES = (
    Sentence(
        "IN-FORMAT",
        later(
            "%1 is no picture that is read: it begins like %2, read are PNG, JPEG, BMP, TIFF, DICOM, NIfTI, MetaImage "
            "and NRRD."
        ),
        later("Export the picture in one of these forms."),
    ),
    Sentence(
        "IN-UNREADABLE",
        later("%1 cannot be read: %2."),
        later("Check the path and its permissions, and that its disk or share is connected."),
    ),
    Sentence("IN-SPECIAL", later("%1 is %2, not a file."), later("Give the path of a picture file.")),
    Sentence(
        "IN-MEMORY",
        later("%1 needs more memory than this machine has free."),
        later("Close other programs, or export the picture at a smaller size."),
    ),
    Sentence(
        "IN-RAS-TRUNCATED",
        later("%1 is cut short: it ends after %2 bytes, before %3."),
        later("Copy or export the file again."),
    ),
    Sentence(
        "IN-DECODE",
        later("%1 cannot be looked into: %2 %3."),
        later("Open it in the program that wrote it and export it again."),
    ),
    Sentence("IN-EMPTY", later("%1 is empty (0 bytes)."), THEN_COPY),
    Sentence("IN-FILE-SIZE", later("%1 inflates to %2; the limit is %3 a file."), THEN_PARTS),
    Sentence("IN-FILE-SIZE", later("%1 has %2; the limit is %3 a file."), THEN_PARTS),
    Sentence(
        "IN-FILE-SIZE",
        later("%1 inflates to more than %2, the limit."),
        later("Export the image without deflating it."),
    ),
    Sentence("IN-FILE-CHANGED", later("%1 has another size or place than when its series was listed."), THEN_WAIT),
    Sentence("IN-FILE-CHANGED", later("%1 changed while it was read (%2 bytes before, %3 after)."), THEN_WAIT),
    Sentence("IN-NOT-FOUND", later("%1 does not exist."), later("Check the path; it may have been moved.")),
    Sentence(
        "IN-FOLDER-EMPTY", later("%1 holds no picture."), later("Give a folder with pictures, DICOM files or volumes.")
    ),
    Sentence("IN-FOLDER-SEVERAL", later("%1 holds %2 studies, wanted is 1."), later("Name one of them.")),
    Sentence(
        "IN-SPECIAL", later("%1 is a link or a device inside an archive, not a file."), later("Pack the file itself.")
    ),
    Sentence(
        "IN-ZIP-SIZE",
        later("%1 %2; the limit is %3 an archive."),
        later("Extract it, if you trust its maker, and give the folder."),
    ),
    Sentence("IN-ZIP-DAMAGED", later("%1 is a damaged zip archive: %2."), THEN_PACK),
    Sentence(
        "IN-ZIP-DAMAGED",
        later("%1 cannot be taken out of its archive whole: it is damaged, or was changed since it was listed."),
        THEN_PACK,
    ),
    Sentence(
        "IN-ZIP-NAMES",
        later("%1 is there several times under one name."),
        later("Pack the archive again, each file under a name of its own."),
    ),
    Sentence("IN-ZIP-NESTED", later("%1 is an archive inside an archive."), later("Extract it and give the folder.")),
    Sentence(
        "IN-PIX-NAN",
        later("%1 holds %2 values that are NaN or infinite, the first at %3row %4, column %5."),
        later("Replace them in the program that wrote the picture, or export it as 16 bit integers."),
    ),
    Sentence(
        "IN-PIX-FORM",
        later("%1 decodes to %2 pixels of shape %3, which has no meaning here."),
        later("Export the picture as 8 or 16 bit grey or RGB."),
    ),
    Sentence(
        "IN-PIX-BITS",
        later("%1 holds values from %2 to %3; its %4 stored bits allow %5 to %6."),
        later("Export the image again from the archive or scanner."),
    ),
    Sentence(
        "IN-PIX-SIZE",
        later("%1 states %2 x %3 pixels; %4."),
        later("Export the picture at a size within the limits, or cut it into parts."),
    ),
    Sentence(
        "IN-PIX-SIZE", later("%1 makes a volume of %2 x %3 x %4 voxels; %5."), later("Export fewer or smaller slices.")
    ),
    Sentence(
        "IN-DECODE",
        later("%1 cannot be decoded: %2 says '%3'."),
        later("Open it in the program that wrote it and export it again."),
    ),
    Sentence(
        "IN-MEMORY",
        later("%1 needs more memory than is free, or than the %2 that a file of its size may take."),
        later("Close other programs, or export the picture at a smaller size."),
    ),
    Sentence(
        "IN-DECODE-TIME",
        later("%1 was not decoded within %2 s, the limit for its size, and its decoder was stopped."),
        later("Export it again; if other files take long too, close other programs."),
    ),
    Sentence(
        "IN-DECODE-CRASH",
        later("%1 ended the process that decoded it (%2)."),
        later("The file is most likely damaged: copy or export it again."),
    ),
    Sentence(
        "IN-DECODE-DIFFERS",
        later("%1: two decoders see different pixels, %2 and SimpleITK: %3."),
        later("Export the image again uncompressed, and keep this file for the support of the scanner's maker."),
    ),
    Sentence(
        "IN-RAS-CODEC",
        later("%1 is interlaced with %2 bits a sample, which is not read."),
        later("Save the picture without interlacing."),
    ),
    Sentence(
        "IN-RAS-CODEC",
        later("%1 is compressed by %2, which is not read."),
        later("Export the picture without compression or with LZW, Deflate, Zstandard, PackBits or JPEG."),
    ),
    Sentence(
        "IN-RAS-COLOUR",
        later("%1 holds %2; read are grey, RGB and palettes."),
        later("Export the picture as RGB or grey; only its own colour profile can convert it rightly."),
    ),
    Sentence(
        "IN-RAS-COLOUR", later("%1 has a palette that does not fit its pixels."), later("Export the picture as RGB.")
    ),
    Sentence(
        "IN-RAS-COLOUR",
        later("%1 has white as 0 in %2, whose black is not defined."),
        later("Export the picture with black as 0."),
    ),
    Sentence(
        "IN-RAS-PAGES",
        later("%1 holds %2; one picture a file is read."),
        later("Export each picture into a file of its own."),
    ),
    Sentence(
        "IN-RAS-PAGES",
        later("%1 holds %2; read are single pictures, and pages that are alike."),
        later("Export each page into a file of its own."),
    ),
    Sentence("IN-RAS-DAMAGED", later("%1 decodes to %2 %3, its header states %4 %5."), THEN_COPY),
    Sentence("IN-RAS-DAMAGED", later("%1 leads from page to page in a circle, or to more than %2 pages."), THEN_COPY),
)
