<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>Fovea</name>
        <message>
            <source>Every answer so far is recorded; you can go on.</source>
            <translation>Alle bisherigen Antworten sind aufgezeichnet; Sie können weiterarbeiten.</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>Copy details</source>
            <translation>Einzelheiten kopieren</translation>
        </message>
        <message>
            <source>Close Fovea</source>
            <translation>Fovea beenden</translation>
        </message>
        <message>
            <source>Something went wrong in Fovea.</source>
            <translation>In Fovea ist etwas schiefgegangen.</translation>
        </message>
        <message>
            <source>The details are in the log: %1</source>
            <translation>Die Einzelheiten stehen im Protokoll: %1</translation>
        </message>
        <message>
            <source>confirmed</source>
            <translation>bestätigt</translation>
        </message>
        <message>
            <source>rejected</source>
            <translation>abgelehnt</translation>
        </message>
        <message>
            <source>changed</source>
            <translation>geändert</translation>
        </message>
        <message>
            <source>added</source>
            <translation>hinzugefügt</translation>
        </message>
        <message>
            <source>undecided</source>
            <translation>unentschieden</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>Annehmen</translation>
        </message>
        <message>
            <source>Warn</source>
            <translation>Warnen</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>Zurückweisen</translation>
        </message>
        <message>
            <source>Agree</source>
            <translation>Zustimmen</translation>
        </message>
        <message>
            <source>Disagree</source>
            <translation>Widersprechen</translation>
        </message>
        <message>
            <source>Its answer was erased.</source>
            <translation>Ihre Antwort wurde gelöscht.</translation>
        </message>
        <message>
            <source>The spacing is that at the detector; the patient was magnified.</source>
            <translation>Der Pixelabstand gilt am Detektor; der Patient ist vergrößert abgebildet.</translation>
        </message>
        <message>
            <source>The spacing is the nominal one of the film scanner.</source>
            <translation>Der Pixelabstand ist der Nennwert des Filmscanners.</translation>
        </message>
        <message>
            <source>Slice</source>
            <translation>Schicht</translation>
        </message>
        <message>
            <source>maximum</source>
            <translation>Maximum</translation>
        </message>
        <message>
            <source>mean</source>
            <translation>Mittel</translation>
        </message>
        <message>
            <source>Lossy compression</source>
            <translation>Verlustbehaftete Kompression</translation>
        </message>
        <message>
            <source>slices of {:g} mm</source>
            <translation>Schichten von {:g} mm</translation>
        </message>
        <message>
            <source>Left</source>
            <translation>Links</translation>
        </message>
        <message>
            <source>Right</source>
            <translation>Rechts</translation>
        </message>
        <message>
            <source>Both sides</source>
            <translation>Beide Seiten</translation>
        </message>
        <message>
            <source>Axial</source>
            <translation>Axial</translation>
        </message>
        <message>
            <source>Coronal</source>
            <translation>Koronal</translation>
        </message>
        <message>
            <source>Sagittal</source>
            <translation>Sagittal</translation>
        </message>
        <message>
            <source>Frame</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>oblique</source>
            <translation>schräg</translation>
        </message>
        <message>
            <source>Series</source>
            <translation>Serie</translation>
        </message>
        <message>
            <source>%1 of %2 mm</source>
            <translation>%1 von %2 mm</translation>
        </message>
        <message>
            <source>%1 of %2 slices</source>
            <translation>%1 von %2 Schichten</translation>
        </message>
        <message>
            <source>No worker is there to answer; studies waiting: %1.</source>
            <translation>Kein Arbeitsprozess ist da, der antworten könnte; wartende Studien: %1.</translation>
        </message>
        <message>
            <source>Start what is to answer them: the service, `fovea watch` or `fovea listen`; see the log of the home.</source>
            <translation>Starten Sie, was sie beantworten soll: den Dienst, `fovea watch` oder `fovea listen`; siehe das Protokoll des Heimordners.</translation>
        </message>
        <message>
            <source>`fovea %1` is not running.</source>
            <translation>`fovea %1` läuft nicht.</translation>
        </message>
        <message>
            <source>Start it, or its service.</source>
            <translation>Starten Sie es oder seinen Dienst.</translation>
        </message>
        <message>
            <source>fovea %1: %2</source>
            <translation>fovea %1: %2</translation>
        </message>
        <message>
            <source>Mend what it names; it is tried again by itself. What came meanwhile is taken then.</source>
            <translation>Beheben, was dort steht; es wird von selbst erneut versucht. Was inzwischen kam, wird dann geholt.</translation>
        </message>
        <message>
            <source>Stat cases that wait and are expected to be late: %1, by up to %2 s.</source>
            <translation>Notfälle, die warten und voraussichtlich zu spät kommen: %1, um bis zu %2 s.</translation>
        </message>
        <message>
            <source>Look at these studies yourself.</source>
            <translation>Sehen Sie sich diese Studien selbst an.</translation>
        </message>
        <message>
            <source>A study has waited for %1 minutes (limit %2).</source>
            <translation>Eine Studie wartet seit %1 Minuten (Grenze %2).</translation>
        </message>
        <message>
            <source>More comes than can be answered: see docs/operations.md, or pause what sends.</source>
            <translation>Es kommt mehr, als beantwortet werden kann: siehe docs/operations.md, oder halten Sie an, was sendet.</translation>
        </message>
        <message>
            <source>Studies that failed within the last hour: %1, the newest with %2.</source>
            <translation>In der letzten Stunde fehlgeschlagene Studien: %1, die neueste mit %2.</translation>
        </message>
        <message>
            <source>See their reasons below, and report them with the log.</source>
            <translation>Sehen Sie ihre Gründe unten, und melden Sie sie mit dem Protokoll.</translation>
        </message>
        <message>
            <source>The newest answer came from the CPU (%1).</source>
            <translation>Die neueste Antwort kam von der CPU (%1).</translation>
        </message>
        <message>
            <source>Run `fovea doctor`.</source>
            <translation>Führen Sie `fovea doctor` aus.</translation>
        </message>
        <message>
            <source>%1%2 was taken back on %3 UTC and %4 answers again: %5</source>
            <translation>%1%2 wurde am %3 UTC zurückgenommen, und %4 antwortet wieder: %5</translation>
        </message>
        <message>
            <source>Find out why; then `fovea models activate %1` the version that is to answer.</source>
            <translation>Finden Sie heraus, warum; aktivieren Sie dann mit `fovea models activate %1` die Version, die antworten soll.</translation>
        </message>
        <message>
            <source>%1 is not what it was since %2 UTC, as %3 sees it: %4.</source>
            <translation>%1 ist seit %2 UTC nicht mehr, was es war, wie %3 es sieht: %4.</translation>
        </message>
        <message>
            <source>See `fovea monitor report`; once the cause is found, `fovea monitor begin SOURCE --reason TEXT`.</source>
            <translation>Siehe `fovea monitor report`; ist die Ursache gefunden, `fovea monitor begin SOURCE --reason TEXT`.</translation>
        </message>
        <message>
            <source>The disk of the home has %1 MiB left (limit %2 MiB).</source>
            <translation>Auf dem Datenträger des Heimordners sind noch %1 MiB frei (Grenze %2 MiB).</translation>
        </message>
        <message>
            <source>Free space; on a full disk nothing can be answered.</source>
            <translation>Schaffen Sie Platz; auf einem vollen Datenträger kann nichts beantwortet werden.</translation>
        </message>
        <message>
            <source>Run the study again; if it fails again, run `fovea doctor`.</source>
            <translation>Werten Sie die Studie noch einmal aus; scheitert es wieder, rufen Sie `fovea doctor` auf.</translation>
        </message>
        <message>
            <source>Report it with the log.</source>
            <translation>Melden Sie es mit dem Protokoll.</translation>
        </message>
        <message>
            <source>This fits the domain of %1 models: %2.</source>
            <translation>Dies passt zum Gebiet von %1 Modellen: %2.</translation>
        </message>
        <message>
            <source>Name one with --model ID, or --model "ID VERSION"; of two versions, `fovea models activate` one.</source>
            <translation>Nennen Sie eines mit --model ID oder --model "ID VERSION"; von zwei Versionen machen Sie mit `fovea models activate` eine aktiv.</translation>
        </message>
        <message>
            <source>This is not what any installed model was made for (%1).</source>
            <translation>Für so etwas ist kein installiertes Modell gemacht (%1).</translation>
        </message>
        <message>
            <source>Install a model that was validated on such studies.</source>
            <translation>Installieren Sie ein Modell, das an solchen Studien validiert wurde.</translation>
        </message>
        <message>
            <source>This is not what %1 was made for: %2.</source>
            <translation>Hierfür ist %1 nicht gemacht: %2.</translation>
        </message>
        <message>
            <source>Choose a model that was validated on such studies.</source>
            <translation>Wählen Sie ein Modell, das an solchen Studien validiert wurde.</translation>
        </message>
        <message>
            <source>The study states no spacing, and the model looks at pixels of %1 mm.</source>
            <translation>Die Studie nennt keinen Pixelabstand, und das Modell sieht Bildpunkte von %1 mm.</translation>
        </message>
        <message>
            <source>Export the study with its spacing, or name a model that takes pixels as they are.</source>
            <translation>Exportieren Sie die Studie mit ihrem Pixelabstand, oder nennen Sie ein Modell, das Bildpunkte nimmt, wie sie sind.</translation>
        </message>
        <message>
            <source>The budget of %1 s ran out at stage '%2'.</source>
            <translation>Die Zeit von %1 s lief beim Schritt „%2“ ab.</translation>
        </message>
        <message>
            <source>Give more time with --budget, or choose a model effort that needs less.</source>
            <translation>Geben Sie mit --budget mehr Zeit, oder wählen Sie einen geringeren Aufwand des Modells.</translation>
        </message>
        <message>
            <source>The budget of %1 s has %2 s left and the next step takes %3 s, at stage '%4'.</source>
            <translation>Von der Zeit von %1 s sind noch %2 s übrig, und der nächste Schritt braucht %3 s, bei „%4“.</translation>
        </message>
        <message>
            <source>The deadline passed %1 s before the work began, and such studies are dropped here.</source>
            <translation>Die Frist war %1 s vor Arbeitsbeginn abgelaufen, und solche Studien werden hier fallen gelassen.</translation>
        </message>
        <message>
            <source>Give more time until the deadline, or have late studies answered nevertheless.</source>
            <translation>Geben Sie mehr Zeit bis zur Frist, oder lassen Sie späte Studien trotzdem auswerten.</translation>
        </message>
        <message>
            <source>The pixels are unlike those that %1 was trained on: distance %2 (limit %3), most of all in '%4'.</source>
            <translation>Die Pixel sind denen nicht ähnlich, an denen %1 trainiert wurde: Abstand %2 (Grenze %3), am meisten bei „%4“.</translation>
        </message>
        <message>
            <source>Look for what changed: light, lens, scanner or compression; or choose a model made for such studies.</source>
            <translation>Suchen Sie, was sich geändert hat: Licht, Objektiv, Gerät oder Kompression; oder wählen Sie ein Modell, das für solche Studien gemacht ist.</translation>
        </message>
        <message>
            <source>No training image of %1 names the scanner or the kernel '%2'.</source>
            <translation>Kein Trainingsbild von %1 nennt das Gerät oder den Kernel „%2“.</translation>
        </message>
        <message>
            <source>Choose a model made for this scanner.</source>
            <translation>Wählen Sie ein Modell, das für dieses Gerät gemacht ist.</translation>
        </message>
        <message>
            <source>%1 of the picture differs from its template (limit %2): it shows another part, or lies more than a 16th of its length from it.</source>
            <translation>%1 des Bildes weichen von seiner Vorlage ab (Grenze %2): Es zeigt ein anderes Teil, oder liegt mehr als ein 16tel seiner Länge daneben.</translation>
        </message>
        <message>
            <source>Give the template of this part, taken by the same camera.</source>
            <translation>Geben Sie die Vorlage dieses Teils an, mit derselben Kamera aufgenommen.</translation>
        </message>
        <message>
            <source>The worker died%1 while this study was at stage '%2', with %3 looked at.</source>
            <translation>Der Arbeitsprozess starb%1, während diese Studie bei „%2“ war und %3 davon angesehen waren.</translation>
        </message>
        <message>
            <source>The worker died%1 while this study was at a stage that nobody saw.</source>
            <translation>Der Arbeitsprozess starb%1, während diese Studie bei einem Schritt war, den niemand sah.</translation>
        </message>
        <message>
            <source>Workers died of it %1 times (limit %2). Report it with the worker's log, and run the study again once the cause is gone.</source>
            <translation>%1-mal starb ein Arbeitsprozess daran (Grenze %2). Melden Sie es mit dem Protokoll des Arbeitsprozesses, und lassen Sie die Studie noch einmal beantworten, sobald die Ursache beseitigt ist.</translation>
        </message>
        <message>
            <source>It was cancelled before work began.</source>
            <translation>Es wurde abgebrochen, bevor die Arbeit begann.</translation>
        </message>
        <message>
            <source>Run the study again when ready.</source>
            <translation>Werten Sie die Studie noch einmal aus, wenn es so weit ist.</translation>
        </message>
        <message>
            <source>Cancelled while at stage '%1'.</source>
            <translation>Abgebrochen bei Schritt „%1“.</translation>
        </message>
        <message>
            <source>Arrival %1 is not, or no more, to be answered by %2 (%3).</source>
            <translation>Eingang %1 ist nicht oder nicht mehr von %2 zu beantworten (%3).</translation>
        </message>
        <message>
            <source>Nothing is lost: whoever has it now answers it.</source>
            <translation>Nichts ist verloren: wer ihn jetzt hat, beantwortet ihn.</translation>
        </message>
        <message>
            <source>Fovea failed on this study: %1: %2</source>
            <translation>Fovea ist an dieser Studie gescheitert: %1: %2</translation>
        </message>
        <message>
            <source>The log has the details; report it with the log.</source>
            <translation>Das Protokoll hat die Einzelheiten; melden Sie es damit.</translation>
        </message>
        <message>
            <source>Only %1 of the scan was looked at.</source>
            <translation>Nur %1 der Aufnahme wurde angesehen.</translation>
        </message>
        <message>
            <source>Report it.</source>
            <translation>Melden Sie es.</translation>
        </message>
        <message>
            <source>A decoder process failed: %1</source>
            <translation>Ein Dekoder-Prozess ist gescheitert: %1</translation>
        </message>
        <message>
            <source>A decoder process did not start within %1 s (%2).</source>
            <translation>Ein Dekoder-Prozess war nach %1 s nicht bereit (%2).</translation>
        </message>
        <message>
            <source>Close other programs and try again, then run `fovea doctor`.</source>
            <translation>Schließen Sie andere Programme und versuchen Sie es noch einmal, dann rufen Sie `fovea doctor` auf.</translation>
        </message>
        <message>
            <source>Another Fovea answers in this home already, with another %1 (%2, wanted: %3).</source>
            <translation>Ein anderes Fovea antwortet schon in diesem Heimordner, mit %1 anders als gewünscht (%2, gewünscht: %3).</translation>
        </message>
        <message>
            <source>Close it first, leave the option out, or name another home with FOVEA_HOME.</source>
            <translation>Schließen Sie es zuerst, lassen Sie die Option weg, oder nennen Sie mit FOVEA_HOME einen anderen Heimordner.</translation>
        </message>
        <message>
            <source>No run time may answer with %1 here: %2.</source>
            <translation>Keine Laufzeit darf hier mit %1 antworten: %2.</translation>
        </message>
        <message>
            <source>Run `fovea models verify %1`, or use the version before.</source>
            <translation>Rufen Sie `fovea models verify %1` auf, oder nehmen Sie die Version davor.</translation>
        </message>
        <message>
            <source>The GPU's memory is too small for %1.</source>
            <translation>Der Speicher der GPU ist zu klein für %1.</translation>
        </message>
        <message>
            <source>Close other programs that use the GPU, or answer with `--backend onnx-cpu`.</source>
            <translation>Schließen Sie andere Programme, die die GPU nutzen, oder antworten Sie mit `--backend onnx-cpu`.</translation>
        </message>
        <message>
            <source>The GPU was lost: %1.</source>
            <translation>Die GPU ging verloren: %1.</translation>
        </message>
        <message>
            <source>Run `fovea doctor`; if it happens again, restart the machine and look for Xid errors in its log.</source>
            <translation>Rufen Sie `fovea doctor` auf; geschieht es wieder, starten Sie den Rechner neu und suchen Sie in seinem Protokoll nach Xid-Fehlern.</translation>
        </message>
        <message>
            <source>%1 returned values that are no probabilities or no numbers.</source>
            <translation>%1 gab Werte zurück, die keine Wahrscheinlichkeiten oder keine Zahlen sind.</translation>
        </message>
        <message>
            <source>Verify the package with `fovea models verify`.</source>
            <translation>Prüfen Sie das Paket mit `fovea models verify`.</translation>
        </message>
        <message>
            <source>%1 was given pixels that are no numbers.</source>
            <translation>%1 bekam Bildpunkte, die keine Zahlen sind.</translation>
        </message>
        <message>
            <source>Check the pixel values of the study and its rescale slope and intercept.</source>
            <translation>Prüfen Sie die Werte der Studie, ihre Steigung und ihren Achsenabschnitt.</translation>
        </message>
        <message>
            <source>Prepared values reach %1, and %2 takes at most %3 on this run time.</source>
            <translation>Vorbereitete Werte reichen bis %1, und %2 nimmt auf dieser Laufzeit höchstens %3.</translation>
        </message>
        <message>
            <source>Check the rescale slope and intercept of the study, or answer with `--backend onnx-cpu`.</source>
            <translation>Prüfen Sie Steigung und Achsenabschnitt der Studie, oder antworten Sie mit `--backend onnx-cpu`.</translation>
        </message>
        <message>
            <source>ONNX Runtime %1 refused %2: %3</source>
            <translation>ONNX Runtime %1 lehnte %2 ab: %3</translation>
        </message>
        <message>
            <source>Verify the package with `fovea models verify`, or use the version before.</source>
            <translation>Prüfen Sie das Paket mit `fovea models verify`, oder nehmen Sie die Version davor.</translation>
        </message>
        <message>
            <source>ONNX Runtime failed while running %1: %2</source>
            <translation>ONNX Runtime ist an %1 gescheitert: %2</translation>
        </message>
        <message>
            <source>TensorRT failed at %1: %2</source>
            <translation>TensorRT ist an %1 gescheitert: %2</translation>
        </message>
        <message>
            <source>Send or export the image again from the archive or scanner.</source>
            <translation>Senden oder exportieren Sie das Bild noch einmal aus dem Archiv oder vom Gerät.</translation>
        </message>
        <message>
            <source>Export the image again from the archive or scanner.</source>
            <translation>Exportieren Sie das Bild noch einmal aus dem Archiv oder vom Gerät.</translation>
        </message>
        <message>
            <source>Send or export the whole series again from the archive or scanner.</source>
            <translation>Senden oder exportieren Sie die ganze Serie noch einmal aus dem Archiv oder vom Gerät.</translation>
        </message>
        <message>
            <source>Copy or export the volume again.</source>
            <translation>Kopieren oder exportieren Sie das Volumen noch einmal.</translation>
        </message>
        <message>
            <source>%1 references %2 files, and %3 of them are not there: %4.</source>
            <translation>%1 verweist auf %2 Dateien, von denen %3 fehlen: %4.</translation>
        </message>
        <message>
            <source>Copy the whole medium again, with all of its folders.</source>
            <translation>Kopieren Sie das ganze Medium noch einmal, mit allen seinen Ordnern.</translation>
        </message>
        <message>
            <source>%1 references files outside its own folder, %2 in all: %3.</source>
            <translation>%1 verweist auf Dateien außerhalb seines Ordners, insgesamt %2: %3.</translation>
        </message>
        <message>
            <source>Give these files by name, if you trust its maker.</source>
            <translation>Geben Sie diese Dateien einzeln an, wenn Sie dem Hersteller trauen.</translation>
        </message>
        <message>
            <source>%1 is the directory of a DICOM medium, but its list of files cannot be read.</source>
            <translation>%1 ist das Verzeichnis eines DICOM-Mediums, aber seine Dateiliste ist nicht lesbar.</translation>
        </message>
        <message>
            <source>Give the folder that it lies in; then all files there are found.</source>
            <translation>Geben Sie den Ordner an, in dem es liegt; dann werden alle Dateien dort gefunden.</translation>
        </message>
        <message>
            <source>%1 is the directory of a DICOM medium, not an image.</source>
            <translation>%1 ist das Verzeichnis eines DICOM-Mediums, kein Bild.</translation>
        </message>
        <message>
            <source>Give the folder that it lies in.</source>
            <translation>Geben Sie den Ordner an, in dem es liegt.</translation>
        </message>
        <message>
            <source>%1 is %2 with %3 bits; this conversion is defined for 8.</source>
            <translation>%1 ist %2 mit %3 Bit; diese Umrechnung ist für 8 festgelegt.</translation>
        </message>
        <message>
            <source>Export the image as RGB.</source>
            <translation>Exportieren Sie das Bild als RGB.</translation>
        </message>
        <message>
            <source>%1 has %2 samples a pixel of kind %3 (0028,0004); read are MONOCHROME1, MONOCHROME2, PALETTE COLOR, RGB and YBR_FULL, _FULL_422, _RCT and _ICT.</source>
            <translation>%1 hat %2 Werte je Bildpunkt der Art %3 (0028,0004); gelesen werden MONOCHROME1, MONOCHROME2, PALETTE COLOR, RGB und YBR_FULL, _FULL_422, _RCT und _ICT.</translation>
        </message>
        <message>
            <source>Export the image in grey or RGB.</source>
            <translation>Exportieren Sie das Bild in Grau oder RGB.</translation>
        </message>
        <message>
            <source>%1 is %2 by its header, but its compressed stream does not say the same.</source>
            <translation>%1 ist laut Kopf %2, aber sein komprimierter Strom sagt anderes.</translation>
        </message>
        <message>
            <source>Export the image again without compression.</source>
            <translation>Exportieren Sie das Bild noch einmal ohne Kompression.</translation>
        </message>
        <message>
            <source>%1 is cut short: %2 bytes of pixels are there, at least %3 belong there.</source>
            <translation>%1 ist abgeschnitten: %2 Bytes an Bildpunkten sind da, mindestens %3 gehören dorthin.</translation>
        </message>
        <message>
            <source>%1 is cut short: it ends after %2 bytes, inside one of its elements.</source>
            <translation>%1 ist abgeschnitten: die Datei endet nach %2 Bytes mitten in einem Element.</translation>
        </message>
        <message>
            <source>%1 is cut short: its JPEG 2000 stream of %2 bytes has no end marker.</source>
            <translation>%1 ist abgeschnitten: dem JPEG-2000-Strom von %2 Bytes fehlt die Endmarke.</translation>
        </message>
        <message>
            <source>%1 holds %2 fragments of pixels for %3 frames, and neither an offset table nor their beginnings say which belong together.</source>
            <translation>%1 enthält %2 Bruchstücke von Bildpunkten für %3 Einzelbilder, und weder eine Tabelle noch ihre Anfänge sagen, welche zusammengehören.</translation>
        </message>
        <message>
            <source>%1 has (%2,%3) where a fragment of its pixels should begin.</source>
            <translation>%1 hat (%2,%3), wo ein Bruchstück seiner Bildpunkte beginnen sollte.</translation>
        </message>
        <message>
            <source>%1 cuts its pixels into fragments, which %2 does not know.</source>
            <translation>%1 teilt seine Bildpunkte in Bruchstücke, die %2 nicht kennt.</translation>
        </message>
        <message>
            <source>%1 holds %2 bytes of pixels, its header describes %3: one of them is wrong.</source>
            <translation>%1 enthält %2 Bytes an Bildpunkten, sein Kopf beschreibt %3: eines von beiden ist falsch.</translation>
        </message>
        <message>
            <source>%1 describes %2 frames (5200,9230) and holds %3 (0028,0008).</source>
            <translation>%1 beschreibt %2 Einzelbilder (5200,9230) und enthält %3 (0028,0008).</translation>
        </message>
        <message>
            <source>%1 holds no pixels (modality %2).</source>
            <translation>%1 enthält keine Bildpunkte (Modalität %2).</translation>
        </message>
        <message>
            <source>Give an image; plans, reports and files cut before their pixels hold none.</source>
            <translation>Geben Sie ein Bild an; Pläne, Befunde und vorher abgeschnittene Dateien enthalten keine.</translation>
        </message>
        <message>
            <source>%1 holds two pixel elements, wanted is 1.</source>
            <translation>%1 enthält zwei Elemente mit Bildpunkten, gewünscht ist 1.</translation>
        </message>
        <message>
            <source>%1 names no transfer syntax (0002,0010), so its bytes cannot be read for certain.</source>
            <translation>%1 nennt keine Transfersyntax (0002,0010), also sind seine Bytes nicht sicher zu lesen.</translation>
        </message>
        <message>
            <source>%1 is stored as %2 (0002,0010), which is not read%3.</source>
            <translation>%1 ist als %2 (0002,0010) gespeichert, was nicht gelesen wird%3.</translation>
        </message>
        <message>
            <source>Export the image uncompressed or as JPEG, JPEG-LS, JPEG 2000 or RLE.</source>
            <translation>Exportieren Sie das Bild unkomprimiert oder als JPEG, JPEG-LS, JPEG 2000 oder RLE.</translation>
        </message>
        <message>
            <source>%1 is deflated, and cannot be inflated: %2.</source>
            <translation>%1 ist mit Deflate gepackt und nicht zu entpacken: %2.</translation>
        </message>
        <message>
            <source>Copy or export the image again.</source>
            <translation>Kopieren oder exportieren Sie das Bild noch einmal.</translation>
        </message>
        <message>
            <source>%1: the compressed stream holds %2, the header says %3.</source>
            <translation>%1: der komprimierte Strom enthält %2, der Kopf sagt %3.</translation>
        </message>
        <message>
            <source>%1 has rescale slope %2 and intercept %3; wanted are finite numbers, the slope not 0.</source>
            <translation>%1 hat die Steigung %2 und den Achsenabschnitt %3; nötig sind endliche Zahlen, die Steigung nicht 0.</translation>
        </message>
        <message>
            <source>%1 has two different images at one position, %2 and %3, and nothing in them that would tell two series apart.</source>
            <translation>%1 hat zwei verschiedene Bilder an einer Stelle, %2 und %3, und nichts darin unterscheidet zwei Serien.</translation>
        </message>
        <message>
            <source>Export each series by itself from the archive or scanner.</source>
            <translation>Exportieren Sie jede Serie für sich aus dem Archiv oder vom Gerät.</translation>
        </message>
        <message>
            <source>%1 holds values from %2 to %3 (%4), the first slice of its series is stored as %5, %6 to %7.</source>
            <translation>%1 enthält Werte von %2 bis %3 (%4), die erste Schicht der Serie ist als %5 gespeichert, %6 bis %7.</translation>
        </message>
        <message>
            <source>Export the series again from the archive or scanner.</source>
            <translation>Exportieren Sie die Serie noch einmal aus dem Archiv oder vom Gerät.</translation>
        </message>
        <message>
            <source>%1 has %2 files; the limit is %3 a series.</source>
            <translation>%1 hat %2 Dateien; die Grenze ist %3 je Serie.</translation>
        </message>
        <message>
            <source>Export the series in parts.</source>
            <translation>Exportieren Sie die Serie in Teilen.</translation>
        </message>
        <message>
            <source>%1 has a step of %2 mm between %3; the limit of %4 is %5 mm.</source>
            <translation>%1 hat einen Schritt von %2 mm zwischen %3; die Grenze von %4 ist %5 mm.</translation>
        </message>
        <message>
            <source>Send or export the series with thinner steps, or name a model that allows such steps.</source>
            <translation>Senden oder exportieren Sie die Serie mit kleineren Schritten, oder nennen Sie ein Modell, das solche erlaubt.</translation>
        </message>
        <message>
            <source>%1 has a step of %2 mm between slice %3 (%4) and slice %5 (%6) of %7, the larger neighbouring step is %8 mm (limit %9x): slices are missing%10.</source>
            <translation>%1 hat einen Schritt von %2 mm zwischen Schicht %3 (%4) und Schicht %5 (%6) von %7, der größere Schritt daneben ist %8 mm (Grenze das %9-fache): Es fehlen Schichten%10.</translation>
        </message>
        <message>
            <source>%1 more gaps follow.</source>
            <translation>%1 weitere Lücken folgen.</translation>
        </message>
        <message>
            <source>Send or export the whole series again; if nothing belongs between acquisitions %1 and %2, each as a series of its own.</source>
            <translation>Senden oder exportieren Sie die ganze Serie noch einmal; wenn zwischen die Aufnahmen %1 und %2 nichts gehört, jede als eigene Serie.</translation>
        </message>
        <message>
            <source>, with the instance number %1</source>
            <translation>, mit der Instanznummer %1</translation>
        </message>
        <message>
            <source>, with the instance numbers %1 and %2</source>
            <translation>, mit den Instanznummern %1 und %2</translation>
        </message>
        <message>
            <source>, those with the instance numbers %1 to %2</source>
            <translation>, die mit den Instanznummern %1 bis %2</translation>
        </message>
        <message>
            <source>%1 is taken for one series, but its %2 files make %3 volumes or images, and %4 of them are no slices at all.</source>
            <translation>%1 wird für eine Serie gehalten, aber seine %2 Dateien ergeben %3 Volumen oder Bilder, und %4 davon sind gar keine Schichten.</translation>
        </message>
        <message>
            <source>Open the files or their folder again.</source>
            <translation>Öffnen Sie die Dateien oder ihren Ordner noch einmal.</translation>
        </message>
        <message>
            <source>The headers count %1 images in the series (0020,1209), %2 were found: %3 are missing.</source>
            <translation>Die Köpfe zählen %1 Bilder in der Serie (0020,1209), gefunden wurden %2: %3 fehlen.</translation>
        </message>
        <message>
            <source>The headers count %1 images in acquisition %2 (0020,1002), %3 were found: %4 are missing.</source>
            <translation>Die Köpfe zählen %1 Bilder in Aufnahme %2 (0020,1002), gefunden wurden %3: %4 fehlen.</translation>
        </message>
        <message>
            <source>The headers count %1 slices (0054,0081), %2 were found: %3 are missing.</source>
            <translation>Die Köpfe zählen %1 Schichten (0054,0081), gefunden wurden %2: %3 fehlen.</translation>
        </message>
        <message>
            <source>The instance numbers (0020,0013) begin at %1: %2 of the images before it are missing.</source>
            <translation>Die Instanznummern (0020,0013) beginnen bei %1: %2 der Bilder davor fehlen.</translation>
        </message>
        <message>
            <source>%1 is a NIfTI header whose voxels lie in another file.</source>
            <translation>%1 ist ein NIfTI-Kopf, dessen Voxel in einer anderen Datei liegen.</translation>
        </message>
        <message>
            <source>Convert the pair to a single .nii file.</source>
            <translation>Machen Sie aus dem Paar eine einzige .nii-Datei.</translation>
        </message>
        <message>
            <source>%1 spreads its voxels over several files (%2).</source>
            <translation>%1 verteilt seine Voxel auf mehrere Dateien (%2).</translation>
        </message>
        <message>
            <source>Save the volume as a single file, with its voxels behind its header.</source>
            <translation>Speichern Sie das Volumen als eine Datei, die Voxel hinter dem Kopf.</translation>
        </message>
        <message>
            <source>%1 stores its voxels as '%2'; read are raw and gzip.</source>
            <translation>%1 speichert seine Voxel als „%2“; gelesen werden raw und gzip.</translation>
        </message>
        <message>
            <source>Save the volume with the encoding raw or gzip.</source>
            <translation>Speichern Sie das Volumen mit der Kodierung raw oder gzip.</translation>
        </message>
        <message>
            <source>%1 holds %2 a voxel; read is one whole or real number.</source>
            <translation>%1 enthält %2 je Voxel; gelesen wird eine ganze oder reelle Zahl.</translation>
        </message>
        <message>
            <source>Export the volume with one value a voxel, e.g. as 16 bit integers.</source>
            <translation>Exportieren Sie das Volumen mit einem Wert je Voxel, etwa als ganze Zahlen mit 16 Bit.</translation>
        </message>
        <message>
            <source>%1 has the dimensions %2; read are volumes of 3, or single slices.</source>
            <translation>%1 hat die Abmessungen %2; gelesen werden Volumen mit 3 oder einzelne Schichten.</translation>
        </message>
        <message>
            <source>Export each volume of a time series or of several channels into a file of its own.</source>
            <translation>Exportieren Sie jedes Volumen einer Zeitreihe oder mehrerer Kanäle in eine eigene Datei.</translation>
        </message>
        <message>
            <source>%1 has the axes %2, which are zero, no numbers or not at right angles (limit %3).</source>
            <translation>%1 hat die Achsen %2, die null, keine Zahlen oder nicht rechtwinklig sind (Grenze %3).</translation>
        </message>
        <message>
            <source>Resample the volume to a grid with right angles, or export it again.</source>
            <translation>Rechnen Sie das Volumen auf ein rechtwinkliges Gitter um oder exportieren Sie es noch einmal.</translation>
        </message>
        <message>
            <source>%1 is cut short: %2 bytes are there, %3 belong there.</source>
            <translation>%1 ist abgeschnitten: %2 Bytes sind da, %3 gehören dorthin.</translation>
        </message>
        <message>
            <source>%1 holds at least %2 bytes, its header describes %3: one of them is wrong.</source>
            <translation>%1 enthält mindestens %2 Bytes, sein Kopf beschreibt %3: eines von beiden ist falsch.</translation>
        </message>
        <message>
            <source>Export the volume again from the program that wrote it.</source>
            <translation>Exportieren Sie das Volumen noch einmal aus dem Programm, das es geschrieben hat.</translation>
        </message>
        <message>
            <source>%1 says that its voxels lie in '%2', which is not a file beside it.</source>
            <translation>%1 sagt, seine Voxel lägen in „%2“, was keine Datei daneben ist.</translation>
        </message>
        <message>
            <source>Put the data file beside the header and name it there, or save the volume as a single file.</source>
            <translation>Legen Sie die Datendatei neben den Kopf und nennen Sie sie dort, oder speichern Sie das Volumen als eine Datei.</translation>
        </message>
        <message>
            <source>%1 is damaged: its compressed voxels cannot be inflated (%2).</source>
            <translation>%1 ist beschädigt: seine komprimierten Voxel sind nicht zu entpacken (%2).</translation>
        </message>
        <message>
            <source>all pixels alike</source>
            <translation>alle Pixel gleich</translation>
        </message>
        <message>
            <source>a second picture in the file</source>
            <translation>ein zweites Bild in der Datei</translation>
        </message>
        <message>
            <source>position unsure</source>
            <translation>Lage unsicher</translation>
        </message>
        <message>
            <source>slices missing</source>
            <translation>Schichten fehlen</translation>
        </message>
        <message>
            <source>late</source>
            <translation>verspätet</translation>
        </message>
        <message>
            <source>second opinion differs</source>
            <translation>Zweitmeinung weicht ab</translation>
        </message>
        <message>
            <source>no time for a second opinion</source>
            <translation>keine Zeit für eine Zweitmeinung</translation>
        </message>
        <message>
            <source>no second opinion</source>
            <translation>keine Zweitmeinung</translation>
        </message>
        <message>
            <source>modality stated by hand</source>
            <translation>Modalität von Hand genannt</translation>
        </message>
        <message>
            <source>several volumes in the file</source>
            <translation>mehrere Volumen in der Datei</translation>
        </message>
        <message>
            <source>tilted slices</source>
            <translation>gekippte Schichten</translation>
        </message>
        <message>
            <source>uneven slices</source>
            <translation>ungleiche Schichtabstände</translation>
        </message>
        <message>
            <source>value range unknown</source>
            <translation>Wertebereich unbekannt</translation>
        </message>
        <message>
            <source>GPU lost</source>
            <translation>GPU verloren</translation>
        </message>
        <message>
            <source>model not on the GPU</source>
            <translation>Modell nicht auf der GPU</translation>
        </message>
        <message>
            <source>GPU memory too small</source>
            <translation>GPU-Speicher zu klein</translation>
        </message>
        <message>
            <source>region of odd size</source>
            <translation>Region ungewöhnlicher Größe</translation>
        </message>
        <message>
            <source>region outside the body</source>
            <translation>Region außerhalb des Körpers</translation>
        </message>
        <message>
            <source>region in few slices</source>
            <translation>Region in wenigen Schichten</translation>
        </message>
        <message>
            <source>unusually many regions</source>
            <translation>ungewöhnlich viele Regionen</translation>
        </message>
        <message>
            <source>repeated region</source>
            <translation>doppelte Region</translation>
        </message>
        <message>
            <source>more regions than are kept</source>
            <translation>mehr Regionen als behalten werden</translation>
        </message>
        <message>
            <source>model not active</source>
            <translation>Modell nicht aktiv</translation>
        </message>
        <message>
            <source>unknown scanner</source>
            <translation>Gerät unbekannt</translation>
        </message>
        <message>
            <source>unlike the training images</source>
            <translation>den Trainingsbildern unähnlich</translation>
        </message>
        <message>
            <source>unsigned model</source>
            <translation>unsigniertes Modell</translation>
        </message>
        <message>
            <source>threshold changed</source>
            <translation>Schwelle geändert</translation>
        </message>
        <message>
            <source>Copy or export the file again.</source>
            <translation>Kopieren oder exportieren Sie die Datei noch einmal.</translation>
        </message>
        <message>
            <source>Export the picture in smaller parts.</source>
            <translation>Exportieren Sie das Bild in kleineren Teilen.</translation>
        </message>
        <message>
            <source>Wait until the program that writes it is done, then run it again.</source>
            <translation>Warten Sie, bis das schreibende Programm fertig ist, und versuchen Sie es dann noch einmal.</translation>
        </message>
        <message>
            <source>Copy or pack the archive again.</source>
            <translation>Kopieren oder packen Sie das Archiv noch einmal.</translation>
        </message>
        <message>
            <source>%1 is no picture that is read: it begins like %2, read are PNG, JPEG, BMP, TIFF, DICOM, NIfTI, MetaImage and NRRD.</source>
            <translation>%1 ist kein Bild, das gelesen wird: Es beginnt wie %2, gelesen werden PNG, JPEG, BMP, TIFF, DICOM, NIfTI, MetaImage und NRRD.</translation>
        </message>
        <message>
            <source>Export the picture in one of these forms.</source>
            <translation>Exportieren Sie das Bild in einer dieser Formen.</translation>
        </message>
        <message>
            <source>%1 cannot be read: %2.</source>
            <translation>%1 ist nicht zu lesen: %2.</translation>
        </message>
        <message>
            <source>Check the path and its permissions, and that its disk or share is connected.</source>
            <translation>Prüfen Sie den Pfad und seine Rechte, und ob sein Datenträger oder seine Freigabe verbunden ist.</translation>
        </message>
        <message>
            <source>%1 is %2, not a file.</source>
            <translation>%1 ist keine Datei, sondern %2.</translation>
        </message>
        <message>
            <source>Give the path of a picture file.</source>
            <translation>Geben Sie den Pfad einer Bilddatei an.</translation>
        </message>
        <message>
            <source>%1 needs more memory than this machine has free.</source>
            <translation>%1 braucht mehr Speicher, als auf diesem Rechner frei ist.</translation>
        </message>
        <message>
            <source>Close other programs, or export the picture at a smaller size.</source>
            <translation>Schließen Sie andere Programme oder exportieren Sie das Bild kleiner.</translation>
        </message>
        <message>
            <source>%1 is cut short: it ends after %2 bytes, before %3.</source>
            <translation>%1 ist abgeschnitten: Es endet nach %2 Bytes, vor %3.</translation>
        </message>
        <message>
            <source>%1 cannot be looked into: %2 %3.</source>
            <translation>In %1 kann nicht hineingesehen werden: %2 %3.</translation>
        </message>
        <message>
            <source>Open it in the program that wrote it and export it again.</source>
            <translation>Öffnen Sie es in dem Programm, das es geschrieben hat, und exportieren Sie es noch einmal.</translation>
        </message>
        <message>
            <source>%1 is empty (0 bytes).</source>
            <translation>%1 ist leer (0 Bytes).</translation>
        </message>
        <message>
            <source>%1 inflates to %2; the limit is %3 a file.</source>
            <translation>%1 wird entpackt %2 groß; die Grenze ist %3 je Datei.</translation>
        </message>
        <message>
            <source>%1 has %2; the limit is %3 a file.</source>
            <translation>%1 hat %2; die Grenze ist %3 je Datei.</translation>
        </message>
        <message>
            <source>%1 inflates to more than %2, the limit.</source>
            <translation>%1 wird entpackt größer als die Grenze von %2.</translation>
        </message>
        <message>
            <source>Export the image without deflating it.</source>
            <translation>Exportieren Sie das Bild ohne Deflate.</translation>
        </message>
        <message>
            <source>%1 has another size or place than when its series was listed.</source>
            <translation>%1 hat eine andere Größe oder Lage als bei der Auflistung der Serie.</translation>
        </message>
        <message>
            <source>%1 changed while it was read (%2 bytes before, %3 after).</source>
            <translation>%1 hat sich beim Lesen geändert (vorher %2 Bytes, danach %3).</translation>
        </message>
        <message>
            <source>%1 does not exist.</source>
            <translation>%1 gibt es nicht.</translation>
        </message>
        <message>
            <source>Check the path; it may have been moved.</source>
            <translation>Prüfen Sie den Pfad; vielleicht wurde die Datei verschoben.</translation>
        </message>
        <message>
            <source>%1 holds no picture.</source>
            <translation>%1 enthält kein Bild.</translation>
        </message>
        <message>
            <source>Give a folder with pictures, DICOM files or volumes.</source>
            <translation>Geben Sie einen Ordner mit Bildern, DICOM-Dateien oder Volumen an.</translation>
        </message>
        <message>
            <source>%1 holds %2 studies, wanted is 1.</source>
            <translation>%1 enthält %2 Studien, gewünscht ist 1.</translation>
        </message>
        <message>
            <source>Name one of them.</source>
            <translation>Nennen Sie eine davon.</translation>
        </message>
        <message>
            <source>%1 is a link or a device inside an archive, not a file.</source>
            <translation>%1 ist eine Verknüpfung oder ein Gerät in einem Archiv, keine Datei.</translation>
        </message>
        <message>
            <source>Pack the file itself.</source>
            <translation>Packen Sie die Datei selbst.</translation>
        </message>
        <message>
            <source>%1 %2; the limit is %3 an archive.</source>
            <translation>%1 %2; die Grenze ist %3 je Archiv.</translation>
        </message>
        <message>
            <source>Extract it, if you trust its maker, and give the folder.</source>
            <translation>Entpacken Sie es, wenn Sie dem Hersteller trauen, und geben Sie den Ordner an.</translation>
        </message>
        <message>
            <source>%1 is a damaged zip archive: %2.</source>
            <translation>%1 ist ein beschädigtes Zip-Archiv: %2.</translation>
        </message>
        <message>
            <source>%1 cannot be taken out of its archive whole: it is damaged, or was changed since it was listed.</source>
            <translation>%1 lässt sich nicht heil aus dem Archiv holen: es ist beschädigt oder wurde seit der Auflistung geändert.</translation>
        </message>
        <message>
            <source>%1 is there several times under one name.</source>
            <translation>%1 ist mehrmals unter einem Namen da.</translation>
        </message>
        <message>
            <source>Pack the archive again, each file under a name of its own.</source>
            <translation>Packen Sie das Archiv noch einmal, jede Datei unter eigenem Namen.</translation>
        </message>
        <message>
            <source>%1 is an archive inside an archive.</source>
            <translation>%1 ist ein Archiv in einem Archiv.</translation>
        </message>
        <message>
            <source>Extract it and give the folder.</source>
            <translation>Entpacken Sie es und geben Sie den Ordner an.</translation>
        </message>
        <message>
            <source>%1 holds %2 values that are NaN or infinite, the first at %3row %4, column %5.</source>
            <translation>%1 enthält %2 Werte, die NaN oder unendlich sind, den ersten bei %3Zeile %4, Spalte %5.</translation>
        </message>
        <message>
            <source>Replace them in the program that wrote the picture, or export it as 16 bit integers.</source>
            <translation>Ersetzen Sie sie in dem Programm, das das Bild geschrieben hat, oder exportieren Sie es als ganze Zahlen mit 16 Bit.</translation>
        </message>
        <message>
            <source>%1 decodes to %2 pixels of shape %3, which has no meaning here.</source>
            <translation>%1 ergibt %2-Bildpunkte der Form %3, was hier keine Bedeutung hat.</translation>
        </message>
        <message>
            <source>Export the picture as 8 or 16 bit grey or RGB.</source>
            <translation>Exportieren Sie das Bild als Grau oder RGB mit 8 oder 16 Bit.</translation>
        </message>
        <message>
            <source>%1 holds values from %2 to %3; its %4 stored bits allow %5 to %6.</source>
            <translation>%1 enthält Werte von %2 bis %3; seine %4 gespeicherten Bits erlauben %5 bis %6.</translation>
        </message>
        <message>
            <source>%1 states %2 x %3 pixels; %4.</source>
            <translation>%1 nennt %2 x %3 Bildpunkte; %4.</translation>
        </message>
        <message>
            <source>Export the picture at a size within the limits, or cut it into parts.</source>
            <translation>Exportieren Sie das Bild in einer Größe innerhalb der Grenzen oder teilen Sie es.</translation>
        </message>
        <message>
            <source>%1 makes a volume of %2 x %3 x %4 voxels; %5.</source>
            <translation>%1 ergibt ein Volumen von %2 x %3 x %4 Voxeln; %5.</translation>
        </message>
        <message>
            <source>Export fewer or smaller slices.</source>
            <translation>Exportieren Sie weniger oder kleinere Schichten.</translation>
        </message>
        <message>
            <source>%1 cannot be decoded: %2 says '%3'.</source>
            <translation>%1 lässt sich nicht dekodieren: %2 sagt „%3“.</translation>
        </message>
        <message>
            <source>%1 needs more memory than is free, or than the %2 that a file of its size may take.</source>
            <translation>%1 braucht mehr Speicher, als frei ist, oder mehr als die %2, die eine Datei dieser Größe belegen darf.</translation>
        </message>
        <message>
            <source>%1 was not decoded within %2 s, the limit for its size, and its decoder was stopped.</source>
            <translation>%1 war nach %2 s, der Grenze für seine Größe, nicht dekodiert; der Dekoder wurde beendet.</translation>
        </message>
        <message>
            <source>Export it again; if other files take long too, close other programs.</source>
            <translation>Exportieren Sie es noch einmal; dauern auch andere Dateien lange, schließen Sie andere Programme.</translation>
        </message>
        <message>
            <source>%1 ended the process that decoded it (%2).</source>
            <translation>%1 hat den Prozess beendet, der es dekodierte (%2).</translation>
        </message>
        <message>
            <source>The file is most likely damaged: copy or export it again.</source>
            <translation>Die Datei ist wahrscheinlich beschädigt: kopieren oder exportieren Sie sie noch einmal.</translation>
        </message>
        <message>
            <source>%1: two decoders see different pixels, %2 and SimpleITK: %3.</source>
            <translation>%1: zwei Dekoder sehen verschiedene Bildpunkte, %2 und SimpleITK: %3.</translation>
        </message>
        <message>
            <source>Export the image again uncompressed, and keep this file for the support of the scanner's maker.</source>
            <translation>Exportieren Sie das Bild noch einmal unkomprimiert und heben Sie diese Datei für den Hersteller des Geräts auf.</translation>
        </message>
        <message>
            <source>%1 is interlaced with %2 bits a sample, which is not read.</source>
            <translation>%1 ist verschränkt mit %2 Bit je Wert, was nicht gelesen wird.</translation>
        </message>
        <message>
            <source>Save the picture without interlacing.</source>
            <translation>Speichern Sie das Bild ohne Verschränkung.</translation>
        </message>
        <message>
            <source>%1 is compressed by %2, which is not read.</source>
            <translation>%1 ist mit %2 komprimiert, was nicht gelesen wird.</translation>
        </message>
        <message>
            <source>Export the picture without compression or with LZW, Deflate, Zstandard, PackBits or JPEG.</source>
            <translation>Exportieren Sie das Bild ohne Kompression oder mit LZW, Deflate, Zstandard, PackBits oder JPEG.</translation>
        </message>
        <message>
            <source>%1 holds %2; read are grey, RGB and palettes.</source>
            <translation>%1 enthält %2; gelesen werden Grau, RGB und Paletten.</translation>
        </message>
        <message>
            <source>Export the picture as RGB or grey; only its own colour profile can convert it rightly.</source>
            <translation>Exportieren Sie das Bild als RGB oder Grau; nur sein eigenes Farbprofil kann es richtig umrechnen.</translation>
        </message>
        <message>
            <source>%1 has a palette that does not fit its pixels.</source>
            <translation>%1 hat eine Palette, die nicht zu seinen Bildpunkten passt.</translation>
        </message>
        <message>
            <source>Export the picture as RGB.</source>
            <translation>Exportieren Sie das Bild als RGB.</translation>
        </message>
        <message>
            <source>%1 has white as 0 in %2, whose black is not defined.</source>
            <translation>%1 hat Weiß als 0 in %2, wofür Schwarz nicht festgelegt ist.</translation>
        </message>
        <message>
            <source>Export the picture with black as 0.</source>
            <translation>Exportieren Sie das Bild mit Schwarz als 0.</translation>
        </message>
        <message>
            <source>%1 holds %2; one picture a file is read.</source>
            <translation>%1 enthält %2; gelesen wird ein Bild je Datei.</translation>
        </message>
        <message>
            <source>Export each picture into a file of its own.</source>
            <translation>Exportieren Sie jedes Bild in eine eigene Datei.</translation>
        </message>
        <message>
            <source>%1 holds %2; read are single pictures, and pages that are alike.</source>
            <translation>%1 enthält %2; gelesen werden einzelne Bilder und Seiten, die einander gleichen.</translation>
        </message>
        <message>
            <source>Export each page into a file of its own.</source>
            <translation>Exportieren Sie jede Seite in eine eigene Datei.</translation>
        </message>
        <message>
            <source>%1 decodes to %2 %3, its header states %4 %5.</source>
            <translation>%1 ergibt %2 %3, sein Kopf nennt %4 %5.</translation>
        </message>
        <message>
            <source>%1 leads from page to page in a circle, or to more than %2 pages.</source>
            <translation>%1 führt von Seite zu Seite im Kreis oder zu mehr als %2 Seiten.</translation>
        </message>
        <message>
            <source>This attempt has an answer already.</source>
            <translation>Dieser Versuch hat schon eine Antwort.</translation>
        </message>
        <message>
            <source>Nothing is lost: the first answer stands.</source>
            <translation>Nichts ist verloren: Die erste Antwort gilt.</translation>
        </message>
        <message>
            <source>The database is behind the head file of its audit log: entries were cut off, or another copy was put in place; a program that had it open then ends.</source>
            <translation>Die Datenbank ist hinter der Kopfdatei ihres Protokolls zurück: Einträge wurden abgeschnitten, oder eine andere Kopie wurde eingesetzt; ein Programm, das sie geöffnet hatte, endet dann.</translation>
        </message>
        <message>
            <source>After a restore start the program again; otherwise `fovea audit verify` says how; `fovea restore` puts a copy back, or goes on from the database as it is, with a record of it.</source>
            <translation>Starten Sie das Programm nach einer Wiederherstellung neu; sonst sagt `fovea audit verify`, wie; `fovea restore` setzt eine Kopie ein oder macht mit der Datenbank weiter, wie sie ist, und zeichnet das auf.</translation>
        </message>
        <message>
            <source>A copy of the database is damaged, its log does not hold, or it is another home's.</source>
            <translation>Eine Kopie der Datenbank ist beschädigt, ihr Protokoll hält nicht, oder sie gehört zu einem anderen Heimordner.</translation>
        </message>
        <message>
            <source>Use another copy.</source>
            <translation>Nehmen Sie eine andere Kopie.</translation>
        </message>
        <message>
            <source>The head file of the audit log was changed.</source>
            <translation>Die Kopfdatei des Protokolls wurde geändert.</translation>
        </message>
        <message>
            <source>`fovea audit verify`; `fovea restore` puts a copy back, or goes on from the database as it is.</source>
            <translation>`fovea audit verify`; `fovea restore` setzt eine Kopie ein oder macht mit der Datenbank weiter, wie sie ist.</translation>
        </message>
        <message>
            <source>A small file of the home cannot be written or removed.</source>
            <translation>Eine kleine Datei des Heimordners kann nicht geschrieben oder entfernt werden.</translation>
        </message>
        <message>
            <source>Free space, and give your user write permission for the home.</source>
            <translation>Schaffen Sie Platz und geben Sie Ihrem Benutzer Schreibrechte im Heimordner.</translation>
        </message>
        <message>
            <source>A key of the audit log can be read by others, or is none.</source>
            <translation>Ein Schlüssel des Protokolls kann von anderen gelesen werden, oder er ist keiner.</translation>
        </message>
        <message>
            <source>`chmod 600` it, or put it back, or restore a copy with `--first-key`.</source>
            <translation>Führen Sie `chmod 600` für ihn aus, spielen Sie ihn zurück, oder stellen Sie mit `--first-key` eine Kopie wieder her.</translation>
        </message>
        <message>
            <source>The key of the audit log is gone, and the log was written with it.</source>
            <translation>Der Schlüssel des Protokolls ist weg, und das Protokoll wurde mit ihm geschrieben.</translation>
        </message>
        <message>
            <source>Put it back, or restore a copy with `--first-key`.</source>
            <translation>Holen Sie ihn zurück, oder stellen Sie mit `--first-key` eine Kopie wieder her.</translation>
        </message>
        <message>
            <source>The database has an older schema, so it cannot be verified as it is.</source>
            <translation>Die Datenbank hat ein älteres Schema und kann so nicht geprüft werden.</translation>
        </message>
        <message>
            <source>Run any command that opens it, such as `fovea export`: it is brought up to date, and a copy is kept.</source>
            <translation>Führen Sie einen Befehl aus, der sie öffnet, wie `fovea export`: Sie wird auf den neuen Stand gebracht, und eine Kopie bleibt.</translation>
        </message>
        <message>
            <source>What the parity check found cannot be kept in the home.</source>
            <translation>Was die Paritätsprüfung gefunden hat, kann im Heimordner nicht aufbewahrt werden.</translation>
        </message>
        <message>
            <source>Two workers died while they were at work on the study; it is set aside as `failed`, with how they ended and how far they were.</source>
            <translation>Zwei Arbeitsprozesse starben, während sie an der Studie arbeiteten; sie ist als `failed` zurückgestellt, mit dem, wie sie endeten und wie weit sie waren.</translation>
        </message>
        <message>
            <source>Report it with `logs/worker.log` and `logs/worker-crash.log`, and run the study again once the cause is gone.</source>
            <translation>Melden Sie es mit `logs/worker.log` und `logs/worker-crash.log`, und lassen Sie die Studie noch einmal beantworten, sobald die Ursache beseitigt ist.</translation>
        </message>
        <message>
            <source>The peer ended the association, or stopped answering in the middle.</source>
            <translation>Die Gegenstelle hat die Verbindung beendet oder mittendrin nicht mehr geantwortet.</translation>
        </message>
        <message>
            <source>Try again; if it happens again, look into the peer's log.</source>
            <translation>Versuchen Sie es noch einmal; wenn es wieder geschieht, sehen Sie in das Protokoll der Gegenstelle.</translation>
        </message>
        <message>
            <source>There is no connection to the peer: wrong host or port, it does not run, or one side speaks TLS and the other does not.</source>
            <translation>Es gibt keine Verbindung zur Gegenstelle: Host oder Port sind falsch, sie läuft nicht, oder nur eine Seite spricht TLS.</translation>
        </message>
        <message>
            <source>Check host, port and certificates.</source>
            <translation>Prüfen Sie Host, Port und Zertifikate.</translation>
        </message>
        <message>
            <source>Another receiver is at work for this home.</source>
            <translation>Ein anderer Empfänger arbeitet schon für diesen Heimordner.</translation>
        </message>
        <message>
            <source>Stop it first, or name another home with `FOVEA_HOME`.</source>
            <translation>Beenden Sie ihn zuerst, oder nennen Sie mit `FOVEA_HOME` einen anderen Heimordner.</translation>
        </message>
        <message>
            <source>Nothing can be received at that address: the port is taken, or needs special rights.</source>
            <translation>Unter dieser Adresse kann nichts empfangen werden: Der Port ist belegt oder braucht besondere Rechte.</translation>
        </message>
        <message>
            <source>Choose another `--port`, or end the program that listens there.</source>
            <translation>Wählen Sie einen anderen `--port`, oder beenden Sie das Programm, das dort lauscht.</translation>
        </message>
        <message>
            <source>The file is no DICOM file with its file meta information, so it cannot be sent.</source>
            <translation>Die Datei ist keine DICOM-Datei mit ihren Datei-Metainformationen und kann deshalb nicht gesendet werden.</translation>
        </message>
        <message>
            <source>Send DICOM files.</source>
            <translation>Senden Sie DICOM-Dateien.</translation>
        </message>
        <message>
            <source>The peer did not answer the query; its own words are in the message.</source>
            <translation>Die Gegenstelle hat die Anfrage nicht beantwortet; ihre eigenen Worte stehen in der Meldung.</translation>
        </message>
        <message>
            <source>Change the keys, or look into the peer's log.</source>
            <translation>Ändern Sie die Schlüssel, oder sehen Sie in das Protokoll der Gegenstelle.</translation>
        </message>
        <message>
            <source>The peer did not store the file; its own words are in the message.</source>
            <translation>Die Gegenstelle hat die Datei nicht gespeichert; ihre eigenen Worte stehen in der Meldung.</translation>
        </message>
        <message>
            <source>Look into the peer's log.</source>
            <translation>Sehen Sie in das Protokoll der Gegenstelle.</translation>
        </message>
        <message>
            <source>The peer does not want to talk to us, by its reason.</source>
            <translation>Die Gegenstelle will nicht mit uns sprechen, mit ihrer Begründung.</translation>
        </message>
        <message>
            <source>Check both AE titles, and that the peer knows ours.</source>
            <translation>Prüfen Sie beide AE-Titel, und ob die Gegenstelle unseren kennt.</translation>
        </message>
        <message>
            <source>Not all that was asked for came.</source>
            <translation>Es kam nicht alles, worum gebeten wurde.</translation>
        </message>
        <message>
            <source>Look into the peer's log; reports and other objects without an image are not taken.</source>
            <translation>Sehen Sie in das Protokoll der Gegenstelle; Berichte und andere Objekte ohne Bild werden nicht angenommen.</translation>
        </message>
        <message>
            <source>The peer does not offer what was asked for.</source>
            <translation>Die Gegenstelle bietet nicht an, worum gebeten wurde.</translation>
        </message>
        <message>
            <source>Ask for another way (`--get`, `--move`), or have it enabled at the peer.</source>
            <translation>Bitten Sie auf anderem Weg darum (`--get`, `--move`), oder lassen Sie es bei der Gegenstelle freischalten.</translation>
        </message>
        <message>
            <source>The peer does not take images of that class or compression.</source>
            <translation>Die Gegenstelle nimmt keine Bilder dieser Klasse oder Kompression an.</translation>
        </message>
        <message>
            <source>Have the peer accept it, or export the file uncompressed.</source>
            <translation>Lassen Sie die Gegenstelle sie annehmen, oder exportieren Sie die Datei ohne Kompression.</translation>
        </message>
        <message>
            <source>The run time that was named does not work on this machine.</source>
            <translation>Die genannte Laufzeit funktioniert auf diesem Rechner nicht.</translation>
        </message>
        <message>
            <source>Leave `--backend` out.</source>
            <translation>Lassen Sie `--backend` weg.</translation>
        </message>
        <message>
            <source>TensorRT builds no plans for cards of that compute capability, or only for the card at hand, and there is none.</source>
            <translation>TensorRT baut keine Pläne für Karten dieser Rechenfähigkeit, oder nur für die Karte am Ort, und da ist keine.</translation>
        </message>
        <message>
            <source>Name another with `--capability`, install the other make of TensorRT, or build where the card is; see docs/gpu.md.</source>
            <translation>Nennen Sie mit `--capability` eine andere, installieren Sie die andere Ausgabe von TensorRT, oder bauen Sie dort, wo die Karte ist; siehe docs/gpu.md.</translation>
        </message>
        <message>
            <source>TensorRT cannot build the graph, or would misread it; each node is named.</source>
            <translation>TensorRT kann den Graphen nicht bauen oder würde ihn missverstehen; jeder Knoten ist genannt.</translation>
        </message>
        <message>
            <source>The CPU goes on answering; what the model's author can do stands beside it and in docs/gpu.md.</source>
            <translation>Die CPU antwortet weiter; was der Autor des Modells tun kann, steht daneben und in docs/gpu.md.</translation>
        </message>
        <message>
            <source>The run time refused the model.</source>
            <translation>Die Laufzeit hat das Modell zurückgewiesen.</translation>
        </message>
        <message>
            <source>`fovea models verify`, or use the version before.</source>
            <translation>`fovea models verify`, oder nehmen Sie die Version davor.</translation>
        </message>
        <message>
            <source>No run time may answer with the model here: each is passed over, and the message says why of each.</source>
            <translation>Keine Laufzeit darf hier mit dem Modell antworten: Jede wird übergangen, und die Meldung sagt von jeder, warum.</translation>
        </message>
        <message>
            <source>`fovea models verify ID`, or use the version before.</source>
            <translation>`fovea models verify ID`, oder nehmen Sie die Version davor.</translation>
        </message>
        <message>
            <source>TensorRT built no plan, its process ended or was stopped.</source>
            <translation>TensorRT hat keinen Plan gebaut, sein Prozess endete oder wurde beendet.</translation>
        </message>
        <message>
            <source>`fovea models build` again; if it fails again, report it with the log.</source>
            <translation>Noch einmal `fovea models build`; wenn es wieder misslingt, melden Sie es mit dem Protokoll.</translation>
        </message>
        <message>
            <source>A plan cannot be kept in the home.</source>
            <translation>Ein Plan kann im Heimordner nicht aufbewahrt werden.</translation>
        </message>
        <message>
            <source>Free space, or make `plans` and `keys` of the home writable.</source>
            <translation>Schaffen Sie Platz, oder machen Sie `plans` und `keys` des Heimordners beschreibbar.</translation>
        </message>
        <message>
            <source>The graph has no variant in half precision, or in int8.</source>
            <translation>Der Graph hat keine Variante mit halber Genauigkeit oder in int8.</translation>
        </message>
        <message>
            <source>Use it in fp32, or export it again.</source>
            <translation>Benutzen Sie ihn in fp32, oder exportieren Sie ihn noch einmal.</translation>
        </message>
        <message>
            <source>The run time failed while it ran the model.</source>
            <translation>Die Laufzeit versagte, während sie das Modell ausführte.</translation>
        </message>
        <message>
            <source>Run the study again, then `fovea doctor`.</source>
            <translation>Lassen Sie die Studie noch einmal beantworten, dann `fovea doctor`.</translation>
        </message>
        <message>
            <source>Fovea gave the run time an array of the wrong shape.</source>
            <translation>Fovea gab der Laufzeit ein Feld falscher Form.</translation>
        </message>
        <message>
            <source>The model returned values that are no probabilities, or was given pixels that are no numbers.</source>
            <translation>Das Modell gab Werte zurück, die keine Wahrscheinlichkeiten sind, oder bekam Pixel, die keine Zahlen sind.</translation>
        </message>
        <message>
            <source>`fovea models verify`; check the study's rescale slope and intercept.</source>
            <translation>`fovea models verify`; prüfen Sie Steigung und Achsenabschnitt der Studie.</translation>
        </message>
        <message>
            <source>Position, orientation or spacing are no numbers, or the axes not at right angles.</source>
            <translation>Position, Ausrichtung oder Abstände sind keine Zahlen, oder die Achsen stehen nicht im rechten Winkel.</translation>
        </message>
        <message>
            <source>Export the image again.</source>
            <translation>Exportieren Sie das Bild noch einmal.</translation>
        </message>
        <message>
            <source>A header field is missing or no value of its kind, or it contradicts the pixels or the number of frames.</source>
            <translation>Ein Feld des Kopfes fehlt oder hat keinen Wert seiner Art, oder es widerspricht den Pixeln oder der Zahl der Einzelbilder.</translation>
        </message>
        <message>
            <source>The decoder cannot make a picture of the file: it is damaged or cut short.</source>
            <translation>Der Decoder kann aus der Datei kein Bild machen: Sie ist beschädigt oder abgeschnitten.</translation>
        </message>
        <message>
            <source>The first bytes are those of no format that is read, whatever the name ends in.</source>
            <translation>Die ersten Bytes sind die keines Formats, das gelesen wird, worauf auch immer der Name endet.</translation>
        </message>
        <message>
            <source>Export the picture as PNG, JPEG, BMP, TIFF, DICOM, NIfTI, MetaImage or NRRD.</source>
            <translation>Exportieren Sie das Bild als PNG, JPEG, BMP, TIFF, DICOM, NIfTI, MetaImage oder NRRD.</translation>
        </message>
        <message>
            <source>The picture does not fit into the memory that is free, or that a file of its size may take.</source>
            <translation>Das Bild passt nicht in den freien Speicher, oder nicht in das, was eine Datei seiner Größe nehmen darf.</translation>
        </message>
        <message>
            <source>Close other programs, or export it smaller.</source>
            <translation>Schließen Sie andere Programme, oder exportieren Sie es kleiner.</translation>
        </message>
        <message>
            <source>The picture has colours, bits or channels that are not read.</source>
            <translation>Das Bild hat Farben, Bits oder Kanäle, die nicht gelesen werden.</translation>
        </message>
        <message>
            <source>Export it as 8 or 16 bit grey or RGB.</source>
            <translation>Exportieren Sie es mit 8 oder 16 Bit in Grau oder RGB.</translation>
        </message>
        <message>
            <source>The picture is cut short.</source>
            <translation>Das Bild ist abgeschnitten.</translation>
        </message>
        <message>
            <source>Copy or export it again.</source>
            <translation>Kopieren oder exportieren Sie es noch einmal.</translation>
        </message>
        <message>
            <source>A step between slices is more than 1.5 times the larger of its neighbours, or than the model's own limit: slices are missing.</source>
            <translation>Ein Schritt zwischen Schichten ist mehr als 1,5-mal so groß wie der größere seiner Nachbarn, oder größer als die Grenze des Modells: Es fehlen Schichten.</translation>
        </message>
        <message>
            <source>Send or export the whole series again.</source>
            <translation>Senden oder exportieren Sie die ganze Serie noch einmal.</translation>
        </message>
        <message>
            <source>Slices at an end of a series are missing, as its headers count or number them; what is there was answered, as `incomplete`.</source>
            <translation>An einem Ende der Serie fehlen Schichten, wie ihre Köpfe sie zählen oder nummerieren; was da ist, wurde beantwortet, als `incomplete`.</translation>
        </message>
        <message>
            <source>Files that were taken for one series are not the slices of one volume, or not any more.</source>
            <translation>Dateien, die für eine Serie gehalten wurden, sind nicht oder nicht mehr die Schichten eines Volumens.</translation>
        </message>
        <message>
            <source>The path is a pipe, a device or a socket.</source>
            <translation>Der Pfad ist eine Pipe, ein Gerät oder ein Socket.</translation>
        </message>
        <message>
            <source>The system would not let the file be read.</source>
            <translation>Das System ließ die Datei nicht lesen.</translation>
        </message>
        <message>
            <source>Check its permissions, and that its disk or share is connected.</source>
            <translation>Prüfen Sie ihre Rechte, und ob ihr Datenträger oder ihre Freigabe verbunden ist.</translation>
        </message>
        <message>
            <source>The header of a volume file lacks a field, or contradicts itself or the file's length.</source>
            <translation>Dem Kopf einer Volumendatei fehlt ein Feld, oder er widerspricht sich selbst oder der Länge der Datei.</translation>
        </message>
        <message>
            <source>Export it again.</source>
            <translation>Exportieren Sie sie noch einmal.</translation>
        </message>
        <message>
            <source>Files in a zip archive are encrypted.</source>
            <translation>Dateien in einem Zip-Archiv sind verschlüsselt.</translation>
        </message>
        <message>
            <source>Extract it with its password and give the folder.</source>
            <translation>Entpacken Sie es mit seinem Passwort, und geben Sie den Ordner an.</translation>
        </message>
        <message>
            <source>Files in a zip archive are compressed in a way that is not read; read are stored and deflated ones.</source>
            <translation>Dateien in einem Zip-Archiv sind auf eine Weise gepackt, die nicht gelesen wird; gelesen werden ungepackte und mit Deflate gepackte.</translation>
        </message>
        <message>
            <source>No template fits the study, or it shows another part.</source>
            <translation>Keine Vorlage passt zu der Studie, oder sie zeigt ein anderes Teil.</translation>
        </message>
        <message>
            <source>See what `second.toml` says, and add the template.</source>
            <translation>Sehen Sie nach, was `second.toml` sagt, und fügen Sie die Vorlage hinzu.</translation>
        </message>
        <message>
            <source>The pixels or the scanner are unlike those of the training images, and the model wants such studies refused.</source>
            <translation>Die Pixel oder das Gerät sind denen der Trainingsbilder nicht ähnlich, und das Modell will solche Studien ablehnen lassen.</translation>
        </message>
        <message>
            <source>Look for what changed, or choose a model made for such studies.</source>
            <translation>Suchen Sie, was sich geändert hat, oder wählen Sie ein Modell, das für solche Studien gemacht ist.</translation>
        </message>
        <message>
            <source>The note that lets an unsigned package in cannot be read.</source>
            <translation>Die Notiz, die ein unsigniertes Paket zulässt, kann nicht gelesen werden.</translation>
        </message>
        <message>
            <source>Import the package again, or sign it.</source>
            <translation>Importieren Sie das Paket noch einmal, oder signieren Sie es.</translation>
        </message>
        <message>
            <source>The target of `models pack` exists already, or a model of that id and version is on the shelf.</source>
            <translation>Das Ziel von `models pack` gibt es schon, oder ein Modell mit dieser Kennung und Version steht im Regal.</translation>
        </message>
        <message>
            <source>Move it away, name another, or give the model another version.</source>
            <translation>Verschieben Sie es, nennen Sie ein anderes, oder geben Sie dem Modell eine andere Version.</translation>
        </message>
        <message>
            <source>A package lacks a file, or holds one that is not listed.</source>
            <translation>Einem Paket fehlt eine Datei, oder es enthält eine, die nicht aufgeführt ist.</translation>
        </message>
        <message>
            <source>Get it again from its maker; when packing, move the file out.</source>
            <translation>Holen Sie es noch einmal von seinem Hersteller; verschieben Sie beim Packen die Datei.</translation>
        </message>
        <message>
            <source>A form to pack a graph with cannot be read or written, leaves fields open, or names a file that is not there.</source>
            <translation>Ein Formular zum Packen eines Graphen kann nicht gelesen oder geschrieben werden, lässt Felder offen oder nennt eine Datei, die es nicht gibt.</translation>
        </message>
        <message>
            <source>Fill it in.</source>
            <translation>Füllen Sie es aus.</translation>
        </message>
        <message>
            <source>A golden case is not sound.</source>
            <translation>Ein Musterfall ist nicht in Ordnung.</translation>
        </message>
        <message>
            <source>Correct it and pack again.</source>
            <translation>Berichtigen Sie es, und packen Sie noch einmal.</translation>
        </message>
        <message>
            <source>The graph does not fit its manifest, or differs from the network that it was exported from.</source>
            <translation>Der Graph passt nicht zu seinem Manifest, oder er weicht von dem Netz ab, aus dem er exportiert wurde.</translation>
        </message>
        <message>
            <source>Correct the manifest or export again, then pack.</source>
            <translation>Berichtigen Sie das Manifest oder exportieren Sie noch einmal, und packen Sie dann.</translation>
        </message>
        <message>
            <source>The head that a manifest names cannot be used here.</source>
            <translation>Der Kopf, den ein Manifest nennt, kann hier nicht benutzt werden.</translation>
        </message>
        <message>
            <source>Install the package that brings it.</source>
            <translation>Installieren Sie das Paket, das ihn mitbringt.</translation>
        </message>
        <message>
            <source>The folder to pack lacks a part of a model.</source>
            <translation>Dem Ordner, der gepackt werden soll, fehlt ein Teil eines Modells.</translation>
        </message>
        <message>
            <source>Add it and pack again.</source>
            <translation>Fügen Sie ihn hinzu, und packen Sie noch einmal.</translation>
        </message>
        <message>
            <source>A key file cannot be read or written, or holds no Ed25519 key.</source>
            <translation>Eine Schlüsseldatei kann nicht gelesen oder geschrieben werden, oder sie enthält keinen Ed25519-Schlüssel.</translation>
        </message>
        <message>
            <source>Name a sound one; `openssl genpkey -algorithm ed25519` makes one.</source>
            <translation>Nennen Sie eine brauchbare; `openssl genpkey -algorithm ed25519` macht eine.</translation>
        </message>
        <message>
            <source>A field of `manifest.toml` is missing or wrong.</source>
            <translation>Ein Feld von `manifest.toml` fehlt oder ist falsch.</translation>
        </message>
        <message>
            <source>There is no package, or no such file in it.</source>
            <translation>Es gibt kein Paket, oder darin keine solche Datei.</translation>
        </message>
        <message>
            <source>Name a package's folder or zip.</source>
            <translation>Nennen Sie den Ordner oder das Zip eines Pakets.</translation>
        </message>
        <message>
            <source>`reference.json` is not sound.</source>
            <translation>`reference.json` ist nicht in Ordnung.</translation>
        </message>
        <message>
            <source>Measure the training images again.</source>
            <translation>Vermessen Sie die Trainingsbilder noch einmal.</translation>
        </message>
        <message>
            <source>The signature does not belong to these files.</source>
            <translation>Die Signatur gehört nicht zu diesen Dateien.</translation>
        </message>
        <message>
            <source>Get the package again from its maker.</source>
            <translation>Holen Sie das Paket noch einmal von seinem Hersteller.</translation>
        </message>
        <message>
            <source>`SHA256SUMS` is missing or not sound.</source>
            <translation>`SHA256SUMS` fehlt oder ist nicht in Ordnung.</translation>
        </message>
        <message>
            <source>Run `fovea models pack`, or get the package again.</source>
            <translation>Führen Sie `fovea models pack` aus, oder holen Sie das Paket noch einmal.</translation>
        </message>
        <message>
            <source>The package's list of training images is not sound.</source>
            <translation>Die Liste der Trainingsbilder des Pakets ist nicht in Ordnung.</translation>
        </message>
        <message>
            <source>Pack the model again.</source>
            <translation>Packen Sie das Modell noch einmal.</translation>
        </message>
        <message>
            <source>A file of the package cannot be read.</source>
            <translation>Eine Datei des Pakets kann nicht gelesen werden.</translation>
        </message>
        <message>
            <source>The package has no signature.</source>
            <translation>Das Paket hat keine Signatur.</translation>
        </message>
        <message>
            <source>Pack it with a key: `fovea models pack --key FILE`.</source>
            <translation>Packen Sie es mit einem Schlüssel: `fovea models pack --key FILE`.</translation>
        </message>
        <message>
            <source>The package is signed by a key that is not trusted here.</source>
            <translation>Das Paket ist mit einem Schlüssel signiert, dem hier nicht vertraut wird.</translation>
        </message>
        <message>
            <source>If you trust its maker, put their public key into `keys/trusted` of the home.</source>
            <translation>Wenn Sie seinem Hersteller vertrauen, legen Sie dessen öffentlichen Schlüssel in `keys/trusted` des Heimordners.</translation>
        </message>
        <message>
            <source>The package cannot be written.</source>
            <translation>Das Paket kann nicht geschrieben werden.</translation>
        </message>
        <message>
            <source>Free space, or name another target.</source>
            <translation>Schaffen Sie Platz, oder nennen Sie ein anderes Ziel.</translation>
        </message>
        <message>
            <source>The checkpoint is damaged, or belongs to another recipe.</source>
            <translation>Der Zwischenstand ist beschädigt oder gehört zu einem anderen Rezept.</translation>
        </message>
        <message>
            <source>Train anew without `--resume`, or restore the recipe.</source>
            <translation>Trainieren Sie neu ohne `--resume`, oder stellen Sie das Rezept wieder her.</translation>
        </message>
        <message>
            <source>Training was asked to run on a GPU, and torch finds none.</source>
            <translation>Das Training sollte auf einer GPU laufen, und torch findet keine.</translation>
        </message>
        <message>
            <source>Check the driver, or train with `--device cpu`.</source>
            <translation>Prüfen Sie den Treiber, oder trainieren Sie mit `--device cpu`.</translation>
        </message>
        <message>
            <source>The loss of a training is no number any more. The checkpoint before it is kept.</source>
            <translation>Der Verlust eines Trainings ist keine Zahl mehr. Der Stand davor bleibt erhalten.</translation>
        </message>
        <message>
            <source>Lower the recipe's `learning_rate` or `gradient_limit` and train anew.</source>
            <translation>Verringern Sie `learning_rate` oder `gradient_limit` des Rezepts und beginnen Sie neu.</translation>
        </message>
        <message>
            <source>There is no image to learn from.</source>
            <translation>Es gibt kein Bild, aus dem gelernt werden könnte.</translation>
        </message>
        <message>
            <source>Name a COCO file with images.</source>
            <translation>Nennen Sie eine COCO-Datei mit Bildern.</translation>
        </message>
        <message>
            <source>The folds of the recipe do not name each group once, there are fewer groups than folds, or a folder holds a fold of something else.</source>
            <translation>Die Teilungen des Rezepts nennen nicht jede Gruppe einmal, es gibt weniger Gruppen als Teilungen, oder ein Ordner enthält eine Teilung von etwas anderem.</translation>
        </message>
        <message>
            <source>Correct them, or name another folder.</source>
            <translation>Berichtigen Sie sie, oder nennen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>An image that the truth file names is missing, or is none that the recipe can learn from (a picture among volumes, other channels, no spacing).</source>
            <translation>Ein Bild, das die Wahrheitsdatei nennt, fehlt, oder das Rezept kann nicht daraus lernen (ein Bild unter Volumen, andere Kanäle, kein Abstand).</translation>
        </message>
        <message>
            <source>Check `--data`, or take the image off the set.</source>
            <translation>Prüfen Sie `--data`, oder nehmen Sie das Bild aus dem Satz.</translation>
        </message>
        <message>
            <source>A label of the recipe has no example.</source>
            <translation>Eine Klasse des Rezepts hat kein Beispiel.</translation>
        </message>
        <message>
            <source>Annotate some, or take it off the recipe.</source>
            <translation>Annotieren Sie einige, oder nehmen Sie sie aus dem Rezept.</translation>
        </message>
        <message>
            <source>A step of a training, or its images, need more memory than is free. The checkpoint is kept.</source>
            <translation>Ein Schritt eines Trainings oder seine Bilder brauchen mehr Speicher, als frei ist. Der Zwischenstand bleibt.</translation>
        </message>
        <message>
            <source>Close other programs and go on with `--resume`, or make the recipe's `batch`, `crop` or `spacing_mm` cheaper and train anew.</source>
            <translation>Schließen Sie andere Programme und machen Sie mit `--resume` weiter, oder machen Sie `batch`, `crop` oder `spacing_mm` des Rezepts sparsamer und trainieren Sie neu.</translation>
        </message>
        <message>
            <source>An annotation lies outside its image.</source>
            <translation>Eine Annotation liegt außerhalb ihres Bildes.</translation>
        </message>
        <message>
            <source>Correct or remove it.</source>
            <translation>Berichtigen oder entfernen Sie sie.</translation>
        </message>
        <message>
            <source>The recipe cannot be read, lacks a field or breaks a rule.</source>
            <translation>Das Rezept kann nicht gelesen werden, ihm fehlt ein Feld, oder es verletzt eine Regel.</translation>
        </message>
        <message>
            <source>Compare it with a bundled one.</source>
            <translation>Vergleichen Sie es mit einem mitgelieferten.</translation>
        </message>
        <message>
            <source>The truth file cannot be read, is no sound COCO file, or does not fit its images (their sizes; `bbox` in pictures, `box_vox` in volumes).</source>
            <translation>Die Wahrheitsdatei kann nicht gelesen werden, ist keine brauchbare COCO-Datei oder passt nicht zu ihren Bildern (deren Größe; `bbox` in Bildern, `box_vox` in Volumen).</translation>
        </message>
        <message>
            <source>A picture that may show a name in its pixels was to leave without names: a photograph, an ultrasound, a secondary capture, or one whose file says so.</source>
            <translation>Ein Bild, das in seinen Pixeln einen Namen zeigen kann, sollte ohne Namen hinausgehen: ein Foto, ein Ultraschall, eine Sekundäraufnahme, oder eines, dessen Datei das sagt.</translation>
        </message>
        <message>
            <source>Look at the pictures; if they show none, repeat with `--confirm-burned-in`.</source>
            <translation>Sehen Sie sich die Bilder an; wenn sie keinen zeigen, wiederholen Sie es mit `--confirm-burned-in`.</translation>
        </message>
        <message>
            <source>A presentation state was asked of images whose colours come from a palette, or of which only some are in colour.</source>
            <translation>Ein Darstellungszustand wurde für Bilder verlangt, deren Farben aus einer Palette kommen oder von denen nur einige farbig sind.</translation>
        </message>
        <message>
            <source>Export `sr` or `seg`.</source>
            <translation>Exportieren Sie `sr` oder `seg`.</translation>
        </message>
        <message>
            <source>There is no DICOM instance that an object could refer to: a photograph or a volume file.</source>
            <translation>Es gibt keine DICOM-Instanz, auf die ein Objekt verweisen könnte: ein Foto oder eine Volumendatei.</translation>
        </message>
        <message>
            <source>`--wrap-photographs` makes instances of photographs; otherwise answer the study as DICOM.</source>
            <translation>`--wrap-photographs` macht aus Fotos Instanzen; sonst lassen Sie die Studie als DICOM beantworten.</translation>
        </message>
        <message>
            <source>A study without a signed review was to become training data.</source>
            <translation>Eine Studie ohne unterschriebene Beurteilung sollte zu Trainingsdaten werden.</translation>
        </message>
        <message>
            <source>Review and sign it.</source>
            <translation>Beurteilen und unterschreiben Sie sie.</translation>
        </message>
        <message>
            <source>No pixel of the study was looked at, so there is nothing to report on.</source>
            <translation>Kein Pixel der Studie wurde angesehen, also gibt es nichts zu berichten.</translation>
        </message>
        <message>
            <source>Answer it; `fovea export outcomes` has why it was not.</source>
            <translation>Lassen Sie sie beantworten; `fovea export outcomes` sagt, warum sie es nicht wurde.</translation>
        </message>
        <message>
            <source>The study has no place that could be drawn.</source>
            <translation>Die Studie hat keine Stelle, die gezeichnet werden könnte.</translation>
        </message>
        <message>
            <source>`fovea export sr` or `report` says so in words.</source>
            <translation>`fovea export sr` oder `report` sagt das in Worten.</translation>
        </message>
        <message>
            <source>The files hold other bytes than when they were answered.</source>
            <translation>Die Dateien enthalten andere Bytes als bei ihrer Beantwortung.</translation>
        </message>
        <message>
            <source>Put them back as they were, or answer them again.</source>
            <translation>Stellen Sie sie wieder her, wie sie waren, oder lassen Sie sie noch einmal beantworten.</translation>
        </message>
        <message>
            <source>The files are not where they were answered.</source>
            <translation>Die Dateien sind nicht mehr dort, wo sie beantwortet wurden.</translation>
        </message>
        <message>
            <source>Put them back, or answer them where they are.</source>
            <translation>Legen Sie sie zurück, oder lassen Sie sie dort beantworten, wo sie sind.</translation>
        </message>
        <message>
            <source>The folder of an export cannot be written.</source>
            <translation>Der Ordner eines Exports kann nicht geschrieben werden.</translation>
        </message>
        <message>
            <source>Free space or name another; repeat the call, which goes on.</source>
            <translation>Schaffen Sie Platz oder nennen Sie einen anderen; wiederholen Sie den Aufruf, er macht weiter.</translation>
        </message>
        <message>
            <source>Another process is exporting to that folder.</source>
            <translation>Ein anderer Prozess exportiert in diesen Ordner.</translation>
        </message>
        <message>
            <source>Wait, or name another.</source>
            <translation>Warten Sie, oder nennen Sie einen anderen.</translation>
        </message>
        <message>
            <source>An export that was asked for in another way was stopped on its way to that folder.</source>
            <translation>Ein Export, der anders verlangt worden war, wurde auf dem Weg in diesen Ordner angehalten.</translation>
        </message>
        <message>
            <source>Repeat that one, name another folder, or remove what is left of it.</source>
            <translation>Wiederholen Sie jenen, nennen Sie einen anderen Ordner, oder entfernen Sie, was von ihm übrig ist.</translation>
        </message>
        <message>
            <source>The folder is there already and holds something.</source>
            <translation>Den Ordner gibt es schon, und er enthält etwas.</translation>
        </message>
        <message>
            <source>Name one that is not there yet.</source>
            <translation>Nennen Sie etwas, das es noch nicht gibt.</translation>
        </message>
        <message>
            <source>A file of the study lacks what a reference to it needs, or holds values that cannot be written.</source>
            <translation>Einer Datei der Studie fehlt, was ein Verweis auf sie braucht, oder sie enthält Werte, die nicht geschrieben werden können.</translation>
        </message>
        <message>
            <source>Export it again from the archive or scanner.</source>
            <translation>Exportieren Sie sie noch einmal aus dem Archiv oder vom Gerät.</translation>
        </message>
        <message>
            <source>A person stopped it.</source>
            <translation>Jemand hat es angehalten.</translation>
        </message>
        <message>
            <source>Run it again when ready.</source>
            <translation>Lassen Sie sie noch einmal beantworten, wenn Sie so weit sind.</translation>
        </message>
        <message>
            <source>The budget ran out, or less was left of it than the next tile takes; what was found and the share covered are in the outcome.</source>
            <translation>Die Zeit lief ab, oder es blieb weniger, als die nächste Kachel braucht; was gefunden und wie viel angesehen wurde, steht in der Antwort.</translation>
        </message>
        <message>
            <source>Give more time with `--budget`.</source>
            <translation>Geben Sie mit `--budget` mehr Zeit.</translation>
        </message>
        <message>
            <source>A decoder process did not start, or failed in a way that was not foreseen.</source>
            <translation>Ein Decoderprozess startete nicht, oder er versagte auf unvorhergesehene Weise.</translation>
        </message>
        <message>
            <source>Close other programs and try again; report it with the log.</source>
            <translation>Schließen Sie andere Programme und versuchen Sie es noch einmal; melden Sie es mit dem Protokoll.</translation>
        </message>
        <message>
            <source>A network was asked for what its head does not give.</source>
            <translation>Von einem Netz wurde verlangt, was sein Kopf nicht gibt.</translation>
        </message>
        <message>
            <source>Work in the background of the window failed.</source>
            <translation>Eine Arbeit im Hintergrund des Fensters ist misslungen.</translation>
        </message>
        <message>
            <source>The process that imported a package or asked the gate for the window ended before it was done.</source>
            <translation>Der Prozess, der für das Fenster ein Paket importierte oder die Abnahme verlangte, endete, bevor er fertig war.</translation>
        </message>
        <message>
            <source>Close other programs and try again; report it with `logs/models.log`.</source>
            <translation>Schließen Sie andere Programme und versuchen Sie es noch einmal; melden Sie es mit `logs/models.log`.</translation>
        </message>
        <message>
            <source>What was to be recorded contradicts itself or the database's rules.</source>
            <translation>Was aufgezeichnet werden sollte, widerspricht sich selbst oder den Regeln der Datenbank.</translation>
        </message>
        <message>
            <source>An error that nothing caught; the window stays open.</source>
            <translation>Ein Fehler, den nichts auffing; das Fenster bleibt offen.</translation>
        </message>
        <message>
            <source>The worker process failed outside of any study; another is started.</source>
            <translation>Der Arbeitsprozess versagte außerhalb jeder Studie; ein neuer wird gestartet.</translation>
        </message>
        <message>
            <source>Report it with `logs/worker.log`.</source>
            <translation>Melden Sie es mit `logs/worker.log`.</translation>
        </message>
        <message>
            <source>An unsigned package is let in for a stated reason alone.</source>
            <translation>Ein unsigniertes Paket wird nur mit einer genannten Begründung zugelassen.</translation>
        </message>
        <message>
            <source>Give `--unsigned` and `--reason` together.</source>
            <translation>Geben Sie `--unsigned` und `--reason` zusammen an.</translation>
        </message>
        <message>
            <source>There is no arrival of that id.</source>
            <translation>Es gibt keinen Eingang mit dieser Kennung.</translation>
        </message>
        <message>
            <source>Name one as an export or the log does.</source>
            <translation>Nennen Sie einen, wie ein Export oder das Protokoll es tut.</translation>
        </message>
        <message>
            <source>There is no run time of that name.</source>
            <translation>Es gibt keine Laufzeit dieses Namens.</translation>
        </message>
        <message>
            <source>Choose one of those listed.</source>
            <translation>Wählen Sie eine der aufgeführten.</translation>
        </message>
        <message>
            <source>Int8 was to be calibrated on images that its figures are measured on, or there are none.</source>
            <translation>Int8 sollte mit Bildern kalibriert werden, an denen seine Werte gemessen werden, oder es gibt keine.</translation>
        </message>
        <message>
            <source>Calibrate on images like those that the model was trained on.</source>
            <translation>Kalibrieren Sie mit Bildern wie denen, an denen das Modell trainiert wurde.</translation>
        </message>
        <message>
            <source>A receiver is to listen for other machines and does not know who may call.</source>
            <translation>Ein Empfänger soll für andere Rechner lauschen und weiß nicht, wer anrufen darf.</translation>
        </message>
        <message>
            <source>Name the AE titles of the senders with `--caller`.</source>
            <translation>Nennen Sie die AE-Titel der Sender mit `--caller`.</translation>
        </message>
        <message>
            <source>Somebody else, or the program, changed which version of the model answers meanwhile; or the watch over a source began anew and nothing came since.</source>
            <translation>Jemand anderes oder das Programm hat inzwischen geändert, welche Version des Modells antwortet; oder die Überwachung einer Quelle begann neu, und seitdem kam nichts.</translation>
        </message>
        <message>
            <source>See `fovea models list` or `fovea monitor report`, and decide again.</source>
            <translation>Sehen Sie in `fovea models list` oder `fovea monitor report` nach, und entscheiden Sie noch einmal.</translation>
        </message>
        <message>
            <source>The annotations have no column of that name.</source>
            <translation>Die Annotationen haben keine Spalte dieses Namens.</translation>
        </message>
        <message>
            <source>Name one of those listed.</source>
            <translation>Nennen Sie eine der aufgeführten.</translation>
        </message>
        <message>
            <source>There is no display to open a window on.</source>
            <translation>Es gibt keinen Bildschirm, auf dem ein Fenster geöffnet werden könnte.</translation>
        </message>
        <message>
            <source>Start it in a desktop session, or use `fovea run PATH... --out DIR`.</source>
            <translation>Starten Sie in einer Desktop-Sitzung, oder benutzen Sie `fovea run PATH... --out DIR`.</translation>
        </message>
        <message>
            <source>A system library that windows need is missing.</source>
            <translation>Eine Systembibliothek, die Fenster brauchen, fehlt.</translation>
        </message>
        <message>
            <source>`make system` installs all, or prints the line that does.</source>
            <translation>`make system` installiert alle oder gibt die Zeile aus, die es tut.</translation>
        </message>
        <message>
            <source>The model has no work variant of that name.</source>
            <translation>Das Modell hat keine Arbeitsvariante dieses Namens.</translation>
        </message>
        <message>
            <source>Choose one of those listed; `fovea models show` tells what each reached.</source>
            <translation>Wählen Sie eine der aufgeführten; `fovea models show` sagt, was jede erreicht hat.</translation>
        </message>
        <message>
            <source>The images of an evaluation were not all answered by one model.</source>
            <translation>Die Bilder einer Auswertung wurden nicht alle von einem Modell beantwortet.</translation>
        </message>
        <message>
            <source>Check `--images`, or name a model with `--model`.</source>
            <translation>Prüfen Sie `--images`, oder nennen Sie mit `--model` ein Modell.</translation>
        </message>
        <message>
            <source>An export was asked for without a folder.</source>
            <translation>Ein Export wurde ohne Ordner verlangt.</translation>
        </message>
        <message>
            <source>Name one with `--out DIR`; only `fovea export outcomes --json` may do without.</source>
            <translation>Nennen Sie mit `--out DIR` einen; nur `fovea export outcomes --json` kommt ohne aus.</translation>
        </message>
        <message>
            <source>The file does not hold the first key of an audit log.</source>
            <translation>Die Datei enthält nicht den ersten Schlüssel eines Protokolls.</translation>
        </message>
        <message>
            <source>Name the file that `fovea audit setup` wrote, or type its 64 digits into one.</source>
            <translation>Nennen Sie die Datei, die `fovea audit setup` geschrieben hat, oder tippen Sie seine 64 Ziffern in eine.</translation>
        </message>
        <message>
            <source>`models pack` packs a folder as it is, and a graph with a form.</source>
            <translation>`models pack` packt einen Ordner, wie er ist, und einen Graphen mit einem Formular.</translation>
        </message>
        <message>
            <source>Give `--form` with a `.onnx` file only.</source>
            <translation>Geben Sie `--form` nur mit einer `.onnx`-Datei an.</translation>
        </message>
        <message>
            <source>The first key of the audit log is no longer kept here.</source>
            <translation>Der erste Schlüssel des Protokolls wird hier nicht mehr aufbewahrt.</translation>
        </message>
        <message>
            <source>Ask whoever it was handed to.</source>
            <translation>Fragen Sie, wem er übergeben wurde.</translation>
        </message>
        <message>
            <source>The session is locked: it was ended, or nothing happened for too long.</source>
            <translation>Die Sitzung ist gesperrt: Sie wurde beendet, oder zu lange geschah nichts.</translation>
        </message>
        <message>
            <source>Log in again.</source>
            <translation>Melden Sie sich noch einmal an.</translation>
        </message>
        <message>
            <source>A key of a query is no DICOM attribute with text, has a value that the attribute cannot have, or none says what is to be fetched.</source>
            <translation>Ein Schlüssel einer Anfrage ist kein DICOM-Attribut mit Text, hat einen Wert, den das Attribut nicht haben kann, oder keiner sagt, was geholt werden soll.</translation>
        </message>
        <message>
            <source>Write it like `StudyDate=20260101-20260131`.</source>
            <translation>Schreiben Sie ihn wie `StudyDate=20260101-20260131`.</translation>
        </message>
        <message>
            <source>A setting of the receiver is not what it may be, or its file cannot be read.</source>
            <translation>Eine Einstellung des Empfängers ist nicht, was sie sein darf, oder ihre Datei kann nicht gelesen werden.</translation>
        </message>
        <message>
            <source>The message says what it may be.</source>
            <translation>Die Meldung sagt, was sie sein darf.</translation>
        </message>
        <message>
            <source>No installed model has that name.</source>
            <translation>Kein installiertes Modell heißt so.</translation>
        </message>
        <message>
            <source>See `fovea models list`.</source>
            <translation>Siehe `fovea models list`.</translation>
        </message>
        <message>
            <source>The folder given with `--out` cannot be written.</source>
            <translation>Der mit `--out` genannte Ordner kann nicht geschrieben werden.</translation>
        </message>
        <message>
            <source>Name another.</source>
            <translation>Nennen Sie einen anderen.</translation>
        </message>
        <message>
            <source>The gate is overridden with a reason alone.</source>
            <translation>Die Abnahme wird nur mit einer Begründung übergangen.</translation>
        </message>
        <message>
            <source>Give `--override` and `--reason` together.</source>
            <translation>Geben Sie `--override` und `--reason` zusammen an.</translation>
        </message>
        <message>
            <source>A password has fewer than 8 characters, a PIN fewer than 6 digits, or the two that were typed differ.</source>
            <translation>Ein Passwort hat weniger als 8 Zeichen, eine PIN weniger als 6 Ziffern, oder die beiden getippten sind verschieden.</translation>
        </message>
        <message>
            <source>Choose another.</source>
            <translation>Wählen Sie ein anderes.</translation>
        </message>
        <message>
            <source>The text names no DICOM peer.</source>
            <translation>Der Text nennt keine DICOM-Gegenstelle.</translation>
        </message>
        <message>
            <source>Write it like `ARCHIVE@192.168.1.20:104`.</source>
            <translation>Schreiben Sie sie wie `ARCHIVE@192.168.1.20:104`.</translation>
        </message>
        <message>
            <source>What a threshold is to reach is not stated as a requirement.</source>
            <translation>Was eine Schwelle erreichen soll, ist nicht als Forderung geschrieben.</translation>
        </message>
        <message>
            <source>Write `sensitivity &gt;= 0.92` or `false_per_image &lt;= 0.5`.</source>
            <translation>Schreiben Sie `sensitivity &gt;= 0.92` oder `false_per_image &lt;= 0.5`.</translation>
        </message>
        <message>
            <source>A review contradicts itself or the outcome that it is about.</source>
            <translation>Eine Beurteilung widerspricht sich selbst oder der Antwort, um die es geht.</translation>
        </message>
        <message>
            <source>Correct it and save again.</source>
            <translation>Berichtigen Sie sie und speichern Sie noch einmal.</translation>
        </message>
        <message>
            <source>The file holds no seal of an audit log.</source>
            <translation>Die Datei enthält kein Siegel eines Protokolls.</translation>
        </message>
        <message>
            <source>Name a seal file that came with an export.</source>
            <translation>Nennen Sie eine Siegeldatei, die mit einem Export kam.</translation>
        </message>
        <message>
            <source>`second.toml` of the home cannot be read, or says something unknown.</source>
            <translation>`second.toml` des Heimordners kann nicht gelesen werden oder sagt etwas Unbekanntes.</translation>
        </message>
        <message>
            <source>Correct it; the message names the field.</source>
            <translation>Berichtigen Sie die Datei; die Meldung nennt das Feld.</translation>
        </message>
        <message>
            <source>No study that is watched came from that folder.</source>
            <translation>Keine überwachte Studie kam aus diesem Ordner.</translation>
        </message>
        <message>
            <source>Name a source as `fovea monitor report` does.</source>
            <translation>Nennen Sie eine Quelle, wie `fovea monitor report` es tut.</translation>
        </message>
        <message>
            <source>The file to write is there already.</source>
            <translation>Die Datei, die geschrieben werden soll, gibt es schon.</translation>
        </message>
        <message>
            <source>The first key is shown on a terminal alone, and wiped only once its end was typed in.</source>
            <translation>Der erste Schlüssel wird nur in einem Terminal gezeigt und erst gelöscht, wenn sein Ende eingetippt wurde.</translation>
        </message>
        <message>
            <source>Use a terminal, or name a file with `--out`.</source>
            <translation>Benutzen Sie ein Terminal, oder nennen Sie mit `--out` eine Datei.</translation>
        </message>
        <message>
            <source>The text is no AE title: 1 to 16 ASCII characters without a backslash.</source>
            <translation>Der Text ist kein AE-Titel: 1 bis 16 ASCII-Zeichen ohne umgekehrten Schrägstrich.</translation>
        </message>
        <message>
            <source>Give the title that the peer was configured with.</source>
            <translation>Geben Sie den Titel an, mit dem die Gegenstelle eingerichtet wurde.</translation>
        </message>
        <message>
            <source>The files for TLS cannot be used: a certificate, its key or the authority is missing or damaged, or the key has a password.</source>
            <translation>Die Dateien für TLS können nicht benutzt werden: Ein Zertifikat, sein Schlüssel oder die Zertifizierungsstelle fehlt oder ist beschädigt, oder der Schlüssel hat ein Passwort.</translation>
        </message>
        <message>
            <source>Name them as PEM files.</source>
            <translation>Nennen Sie sie als PEM-Dateien.</translation>
        </message>
        <message>
            <source>Training needs torch, which is not installed.</source>
            <translation>Das Training braucht torch, das nicht installiert ist.</translation>
        </message>
        <message>
            <source>Install the extra `learn`.</source>
            <translation>Installieren Sie das Extra `learn`.</translation>
        </message>
        <message>
            <source>The model was trained on an image that it is to be measured on.</source>
            <translation>Das Modell wurde an einem Bild trainiert, an dem es gemessen werden soll.</translation>
        </message>
        <message>
            <source>Take it off the set.</source>
            <translation>Nehmen Sie es aus dem Satz.</translation>
        </message>
        <message>
            <source>No threshold reaches what is required.</source>
            <translation>Keine Schwelle erreicht, was gefordert ist.</translation>
        </message>
        <message>
            <source>State less, or train the model further.</source>
            <translation>Fordern Sie weniger, oder trainieren Sie das Modell weiter.</translation>
        </message>
        <message>
            <source>Several versions of the model could be meant.</source>
            <translation>Mehrere Versionen des Modells könnten gemeint sein.</translation>
        </message>
        <message>
            <source>Name one: `"ID VERSION"`.</source>
            <translation>Nennen Sie eine: `"ID VERSION"`.</translation>
        </message>
        <message>
            <source>A watched folder is not there, or one of its settings is not what it may be.</source>
            <translation>Ein überwachter Ordner ist nicht da, oder eine seiner Einstellungen ist nicht, was sie sein darf.</translation>
        </message>
        <message>
            <source>The message names the setting and its values; see watched folders.</source>
            <translation>Die Meldung nennt die Einstellung und ihre Werte; siehe überwachte Ordner.</translation>
        </message>
        <message>
            <source>The package %1 is refused: %2.</source>
            <translation>Das Paket %1 wird abgelehnt: %2.</translation>
        </message>
        <message>
            <source>Pack it with a key: fovea models pack --key FILE; an administrator can let it in with fovea models import --unsigned --reason TEXT.</source>
            <translation>Packen Sie es mit einem Schlüssel: fovea models pack --key FILE; ein Administrator kann es mit fovea models import --unsigned --reason TEXT zulassen.</translation>
        </message>
        <message>
            <source>If you trust its maker, put their public key (*.pub) into HOME/keys/trusted.</source>
            <translation>Wenn Sie seinem Hersteller vertrauen, legen Sie dessen öffentlichen Schlüssel (*.pub) in HOME/keys/trusted.</translation>
        </message>
        <message>
            <source>No installed model is called '%1' (installed: %2).</source>
            <translation>Kein installiertes Modell heißt „%1“ (installiert: %2).</translation>
        </message>
        <message>
            <source>%1 has no effort '%2'; it has %3.</source>
            <translation>%1 hat keinen Aufwand „%2“; es hat %3.</translation>
        </message>
        <message>
            <source>Choose one of these.</source>
            <translation>Wählen Sie eines davon.</translation>
        </message>
        <message>
            <source>The requirements in %1 cannot be used: %2.</source>
            <translation>Die Anforderungen in %1 sind nicht zu benutzen: %2.</translation>
        </message>
        <message>
            <source>Correct the file.</source>
            <translation>Berichtigen Sie die Datei.</translation>
        </message>
        <message>
            <source>Meanwhile %1 %2 was made the one that answers.</source>
            <translation>Inzwischen wurde %1 %2 zu dem Modell gemacht, das antwortet.</translation>
        </message>
        <message>
            <source>Look at `fovea models list`, and decide again.</source>
            <translation>Sehen Sie in `fovea models list` nach und entscheiden Sie noch einmal.</translation>
        </message>
        <message>
            <source>%1 cannot be a shadow: %2.</source>
            <translation>%1 kann kein Schatten sein: %2.</translation>
        </message>
        <message>
            <source>%1 has no shadow.</source>
            <translation>%1 hat keinen Schatten.</translation>
        </message>
        <message>
            <source>No other version of %1 answered before the one that answers now.</source>
            <translation>Vor der Version, die jetzt antwortet, hat keine andere von %1 geantwortet.</translation>
        </message>
        <message>
            <source>See `fovea models list`; `fovea models activate` makes another version answer.</source>
            <translation>Siehe `fovea models list`; `fovea models activate` lässt eine andere Version antworten.</translation>
        </message>
        <message>
            <source>The gate refuses %1. %2: %3%4</source>
            <translation>Die Abnahme lehnt %1 ab. %2: %3%4</translation>
        </message>
        <message>
            <source>Train a better one, or let an administrator override it: `--override --reason TEXT`.</source>
            <translation>Trainieren Sie ein besseres, oder lassen Sie einen Administrator sie überstimmen: `--override --reason TEXT`.</translation>
        </message>
        <message>
            <source>%1 %2, which answered before, is not on the shelf any more.</source>
            <translation>%1 %2, das vorher antwortete, ist nicht mehr im Regal.</translation>
        </message>
        <message>
            <source>Import it again, or activate another version.</source>
            <translation>Importieren Sie es noch einmal, oder machen Sie eine andere Version aktiv.</translation>
        </message>
        <message>
            <source>No model answers here: %1.</source>
            <translation>Hier antwortet kein Modell: %1.</translation>
        </message>
        <message>
            <source>Activate one: `fovea models activate ID`; or name a version with --model "ID VERSION".</source>
            <translation>Machen Sie eines aktiv: `fovea models activate ID`; oder nennen Sie eine Version mit --model "ID VERSION".</translation>
        </message>
        <message>
            <source>No usable model is installed%1</source>
            <translation>Kein brauchbares Modell ist installiert%1</translation>
        </message>
        <message>
            <source>See `fovea models list`, and install a model.</source>
            <translation>Siehe `fovea models list`, und installieren Sie ein Modell.</translation>
        </message>
        <message>
            <source>There is no model package at %1.</source>
            <translation>Bei %1 liegt kein Modellpaket.</translation>
        </message>
        <message>
            <source>The package %1 holds no %2.</source>
            <translation>Das Paket %1 enthält kein %2.</translation>
        </message>
        <message>
            <source>The package %1 cannot be read: %2.</source>
            <translation>Das Paket %1 ist nicht zu lesen: %2.</translation>
        </message>
        <message>
            <source>The package %1 is too large: %2.</source>
            <translation>Das Paket %1 ist zu groß: %2.</translation>
        </message>
        <message>
            <source>manifest.toml: %1 %2.</source>
            <translation>manifest.toml: %1 %2.</translation>
        </message>
        <message>
            <source>Correct the manifest and pack the model again.</source>
            <translation>Berichtigen Sie das Manifest und packen Sie das Modell noch einmal.</translation>
        </message>
        <message>
            <source>model.onnx cannot be read as an ONNX graph: %1.</source>
            <translation>model.onnx ist nicht als ONNX-Graph zu lesen: %1.</translation>
        </message>
        <message>
            <source>Export the graph again and pack the model.</source>
            <translation>Exportieren Sie den Graphen noch einmal und packen Sie das Modell.</translation>
        </message>
        <message>
            <source>The golden cases of %1 are not answered as they were packed: %2</source>
            <translation>Die Musterfälle von %1 werden nicht so beantwortet, wie sie gepackt wurden: %2</translation>
        </message>
        <message>
            <source>Get the package again from its maker, with the version of Fovea that it was packed with.</source>
            <translation>Holen Sie das Paket noch einmal von seinem Hersteller, mit der Version von Fovea, mit der es gepackt wurde.</translation>
        </message>
        <message>
            <source>%1 is on the shelf already, in %2.</source>
            <translation>%1 ist schon im Regal, in %2.</translation>
        </message>
        <message>
            <source>Give a changed model another version; move the folder away to import the same one again.</source>
            <translation>Geben Sie einem geänderten Modell eine andere Version; schaffen Sie den Ordner weg, um dasselbe noch einmal zu importieren.</translation>
        </message>
        <message>
            <source>The package cannot be copied to %1: %2.</source>
            <translation>Das Paket lässt sich nicht nach %1 kopieren: %2.</translation>
        </message>
        <message>
            <source>Free space on its disk.</source>
            <translation>Schaffen Sie Platz auf der Platte.</translation>
        </message>
        <message>
            <source>%1 has no %2: it was never packed.</source>
            <translation>%1 hat kein %2: es wurde nie gepackt.</translation>
        </message>
        <message>
            <source>Run `fovea models pack` on the folder.</source>
            <translation>Rufen Sie `fovea models pack` für den Ordner auf.</translation>
        </message>
        <message>
            <source>%1 of the package %2 is not the file that its maker packed.</source>
            <translation>%1 im Paket %2 ist nicht die Datei, die sein Hersteller gepackt hat.</translation>
        </message>
        <message>
            <source>The package %1: %2</source>
            <translation>Das Paket %1: %2</translation>
        </message>
        <message>
            <source>Name a folder on a local disk with FOVEA_HOME.</source>
            <translation>Nennen Sie mit FOVEA_HOME einen Ordner auf einer lokalen Platte.</translation>
        </message>
        <message>
            <source>Put the key back, or restore a copy with `fovea restore --first-key`.</source>
            <translation>Spielen Sie den Schlüssel zurück, oder stellen Sie mit `fovea restore --first-key` eine Kopie wieder her.</translation>
        </message>
        <message>
            <source>The database refused what was to be recorded: %1.</source>
            <translation>Die Datenbank hat abgelehnt, was aufzuzeichnen war: %1.</translation>
        </message>
        <message>
            <source>Report this with the log.</source>
            <translation>Melden Sie dies mit dem Protokoll.</translation>
        </message>
        <message>
            <source>%1 cannot be written: %2.</source>
            <translation>%1 ist nicht zu beschreiben: %2.</translation>
        </message>
        <message>
            <source>Give your user write permission for the home folder, or name another home with FOVEA_HOME.</source>
            <translation>Geben Sie Ihrem Benutzer Schreibrechte im Heimordner, oder nennen Sie mit FOVEA_HOME einen anderen.</translation>
        </message>
        <message>
            <source>%1 is not a sound database: %2.</source>
            <translation>%1 ist keine heile Datenbank: %2.</translation>
        </message>
        <message>
            <source>Keep the file for inspection and put back the newest backup, or name another home with FOVEA_HOME.</source>
            <translation>Heben Sie die Datei zur Untersuchung auf und spielen Sie die neueste Sicherung zurück, oder nennen Sie mit FOVEA_HOME einen anderen Heimordner.</translation>
        </message>
        <message>
            <source>%1 cannot be used: %2.</source>
            <translation>%1 ist nicht zu benutzen: %2.</translation>
        </message>
        <message>
            <source>Check the disk and its mount, then try again.</source>
            <translation>Prüfen Sie die Platte und ihre Einbindung, dann versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>The home %1 lies on a network file system (%2), where records can be lost.</source>
            <translation>Der Heimordner %1 liegt auf einem Netzlaufwerk (%2), wo Aufzeichnungen verloren gehen können.</translation>
        </message>
        <message>
            <source>The home %1 is not a folder.</source>
            <translation>Der Heimordner %1 ist kein Ordner.</translation>
        </message>
        <message>
            <source>Name a folder with FOVEA_HOME, or move the file away.</source>
            <translation>Nennen Sie mit FOVEA_HOME einen Ordner, oder schaffen Sie die Datei weg.</translation>
        </message>
        <message>
            <source>Another process has been opening %1 for more than %2 s.</source>
            <translation>Ein anderer Prozess öffnet %1 seit mehr als %2 s.</translation>
        </message>
        <message>
            <source>Wait until its migration has ended, then try again.</source>
            <translation>Warten Sie das Ende der Umstellung ab, dann versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>%1 is a database of another program (its first table is '%2').</source>
            <translation>%1 ist die Datenbank eines anderen Programms (ihre erste Tabelle ist „%2“).</translation>
        </message>
        <message>
            <source>Move it away, or name another home with FOVEA_HOME.</source>
            <translation>Schaffen Sie sie weg, oder nennen Sie mit FOVEA_HOME einen anderen Heimordner.</translation>
        </message>
        <message>
            <source>%1 has schema %2, this program knows up to %3.</source>
            <translation>%1 hat das Schema %2, dieses Programm kennt bis zu %3.</translation>
        </message>
        <message>
            <source>Install the newer Fovea again, or put back the copy made before its migration (%1-schema-*.db).</source>
            <translation>Installieren Sie das neuere Fovea wieder, oder spielen Sie die Kopie von vor der Umstellung zurück (%1-schema-*.db).</translation>
        </message>
        <message>
            <source>%1 cannot use a write-ahead log here (SQLite chose '%2').</source>
            <translation>%1 kann hier kein Write-Ahead-Log führen (SQLite wählte „%2“).</translation>
        </message>
        <message>
            <source>The audit key %1 does not have %2 bytes.</source>
            <translation>Der Schlüssel des Protokolls %1 hat keine %2 Bytes.</translation>
        </message>
        <message>
            <source>The audit key %1 has mode %2, wanted 600.</source>
            <translation>Der Schlüssel des Protokolls %1 hat die Rechte %2, gewünscht 600.</translation>
        </message>
        <message>
            <source>Run: chmod 600 %1</source>
            <translation>Rufen Sie auf: chmod 600 %1</translation>
        </message>
        <message>
            <source>The audit key %1 is missing, and the log beside it was written with it.</source>
            <translation>Der Schlüssel des Protokolls %1 fehlt, und das Protokoll daneben wurde damit geschrieben.</translation>
        </message>
        <message>
            <source>The system keyring, which keeps the key of the audit log, cannot be used: %1.</source>
            <translation>Der Schlüsselbund des Systems, der den Schlüssel des Protokolls hält, ist nicht zu benutzen: %1.</translation>
        </message>
        <message>
            <source>Start Fovea in the session whose keyring it is, and unlock it.</source>
            <translation>Starten Sie Fovea in der Sitzung, deren Schlüsselbund es ist, und schließen Sie ihn auf.</translation>
        </message>
        <message>
            <source>The audit log in %1 has %2 entries; %3 names entry %4, which is not among them: entries were cut off, or another copy was put in place.</source>
            <translation>Das Protokoll in %1 hat %2 Einträge; %3 nennt Eintrag %4, der nicht darunter ist: Einträge wurden abgeschnitten, oder eine andere Kopie wurde eingesetzt.</translation>
        </message>
        <message>
            <source>Run fovea audit verify; fovea restore puts a copy back with a record of it, or goes on from %1.</source>
            <translation>Rufen Sie fovea audit verify auf; fovea restore spielt eine Kopie mit einem Vermerk zurück oder fährt mit %1 fort.</translation>
        </message>
        <message>
            <source>%1 was put back, or another in its place, while this program had it open: entry %2 of its audit log is not there any more.</source>
            <translation>%1 wurde zurückgespielt oder ersetzt, während dieses Programm sie offen hatte: Eintrag %2 des Protokolls ist nicht mehr da.</translation>
        </message>
        <message>
            <source>Start the program again, which goes on with the records that are there now.</source>
            <translation>Starten Sie das Programm neu; es fährt mit den Aufzeichnungen fort, die jetzt da sind.</translation>
        </message>
        <message>
            <source>Arrival %1 has an answer for attempt %2 already.</source>
            <translation>Eingang %1 hat für Versuch %2 schon eine Antwort.</translation>
        </message>
        <message>
            <source>Nothing is lost: the first answer stands. Run the study again for another.</source>
            <translation>Nichts ist verloren: die erste Antwort gilt. Werten Sie die Studie für eine weitere noch einmal aus.</translation>
        </message>
        <message>
            <source>The folder for compiled kernels cannot be used: %1.</source>
            <translation>Der Ordner für übersetzte Kernels ist nicht zu benutzen: %1.</translation>
        </message>
        <message>
            <source>Free space on its disk, or let NUMBA_CACHE_DIR name a folder that you may write to.</source>
            <translation>Schaffen Sie Platz auf der Platte, oder nennen Sie mit NUMBA_CACHE_DIR einen Ordner, in den Sie schreiben dürfen.</translation>
        </message>
        <message>
            <source>%1 is %2, and the role does not permit '%3'.</source>
            <translation>%1 ist %2, und die Rolle erlaubt „%3“ nicht.</translation>
        </message>
        <message>
            <source>Ask somebody who is %1.</source>
            <translation>Fragen Sie jemanden mit der Rolle %1.</translation>
        </message>
        <message>
            <source>The review lacks %1.</source>
            <translation>Der Beurteilung fehlt: %1.</translation>
        </message>
        <message>
            <source>Decide, then sign.</source>
            <translation>Entscheiden Sie, dann unterschreiben Sie.</translation>
        </message>
        <message>
            <source>Decision %1 of the review: %2.</source>
            <translation>Entscheidung %1 der Beurteilung: %2.</translation>
        </message>
        <message>
            <source>Arrival %1 has no outcome of attempt %2 to review.</source>
            <translation>Eingang %1 hat kein Ergebnis von Versuch %2, das zu beurteilen wäre.</translation>
        </message>
        <message>
            <source>Review an outcome that is listed.</source>
            <translation>Beurteilen Sie ein Ergebnis, das in der Liste steht.</translation>
        </message>
        <message>
            <source>Version %1 is signed by %2; a change of it needs a reason.</source>
            <translation>Version %1 ist von %2 unterschrieben; eine Änderung braucht einen Grund.</translation>
        </message>
        <message>
            <source>Say why, and save it as a new version.</source>
            <translation>Sagen Sie, warum, und speichern Sie sie als neue Version.</translation>
        </message>
        <message>
            <source>The %1 has %2 characters; it needs %3 to %4.</source>
            <translation>%1 hat %2 Zeichen; nötig sind %3 bis %4.</translation>
        </message>
        <message>
            <source>Choose a longer one; a PIN is digits alone.</source>
            <translation>Wählen Sie mehr; eine PIN besteht nur aus Ziffern.</translation>
        </message>
        <message>
            <source>The session of %1 is locked: it was ended, or nothing happened for too long.</source>
            <translation>Die Sitzung von %1 ist gesperrt: sie wurde beendet, oder zu lange geschah nichts.</translation>
        </message>
        <message>
            <source>The name or the password is wrong.</source>
            <translation>Der Name oder das Passwort ist falsch.</translation>
        </message>
        <message>
            <source>Check both and try again.</source>
            <translation>Prüfen Sie beide und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>%1 wrong passwords in a row were given for %2; the next is looked at in %3 s.</source>
            <translation>Für %2 wurden nacheinander %1 falsche Passwörter gegeben; das nächste wird in %3 s geprüft.</translation>
        </message>
        <message>
            <source>Wait, or ask an administrator for a new password.</source>
            <translation>Warten Sie, oder bitten Sie einen Administrator um ein neues Passwort.</translation>
        </message>
        <message>
            <source>%1 is no name for an operator.</source>
            <translation>%1 ist kein Name für einen Benutzer.</translation>
        </message>
        <message>
            <source>Give up to 64 printable characters.</source>
            <translation>Geben Sie bis zu 64 druckbare Zeichen an.</translation>
        </message>
        <message>
            <source>There is an operator %1 already.</source>
            <translation>Einen Benutzer %1 gibt es schon.</translation>
        </message>
        <message>
            <source>Choose another name.</source>
            <translation>Wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>There is no operator %1.</source>
            <translation>Einen Benutzer %1 gibt es nicht.</translation>
        </message>
        <message>
            <source>See fovea operators list.</source>
            <translation>Siehe fovea operators list.</translation>
        </message>
        <message>
            <source>%1 needs an administrator who can log in.</source>
            <translation>%1 braucht einen Administrator, der sich anmelden kann.</translation>
        </message>
        <message>
            <source>Add one first: fovea operators add NAME --role administrator.</source>
            <translation>Legen Sie zuerst einen an: fovea operators add NAME --role administrator.</translation>
        </message>
        <message>
            <source>The settings in %1 cannot be used: %2.</source>
            <translation>Die Einstellungen in %1 sind nicht zu benutzen: %2.</translation>
        </message>
        <message>
            <source>Mend the file or move it away.</source>
            <translation>Berichtigen Sie die Datei, oder schaffen Sie sie weg.</translation>
        </message>
        <message>
            <source>%1 cannot grow: %2.</source>
            <translation>%1 kann nicht wachsen: %2.</translation>
        </message>
        <message>
            <source>Free space on its disk and try again; everything recorded so far is kept.</source>
            <translation>Schaffen Sie Platz auf der Platte und versuchen Sie es noch einmal; alles bisher Aufgezeichnete ist da.</translation>
        </message>
        <message>
            <source>%1 stayed locked by another program for longer than the time allowed.</source>
            <translation>%1 war länger als erlaubt von einem anderen Programm gesperrt.</translation>
        </message>
        <message>
            <source>Close what else has it open (a backup, a database browser) and try again.</source>
            <translation>Schließen Sie, was sie sonst noch offen hat (eine Sicherung, ein Datenbankprogramm), und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>Make it %1.</source>
            <translation>Geben Sie %1 an.</translation>
        </message>
        <message>
            <source>%1 has %2 = %3.</source>
            <translation>%1 hat %2 = %3.</translation>
        </message>
        <message>
            <source>%1 has no path.</source>
            <translation>%1 hat keinen Pfad.</translation>
        </message>
        <message>
            <source>Give the folder that is to be watched.</source>
            <translation>Geben Sie den Ordner an, der beobachtet werden soll.</translation>
        </message>
        <message>
            <source>%1 has %2 marker, and its completion is %3.</source>
            <translation>%1 hat %2 Markierung, und fertig ist eine Datei bei %3.</translation>
        </message>
        <message>
            <source>Give both completion = "marker" and the name of the marker, or neither.</source>
            <translation>Geben Sie completion = "marker" und den Namen der Markierung an, oder keines von beiden.</translation>
        </message>
        <message>
            <source>%1 is not a folder.</source>
            <translation>%1 ist kein Ordner.</translation>
        </message>
        <message>
            <source>Name the folder that it lies in.</source>
            <translation>Nennen Sie den Ordner, in dem es liegt.</translation>
        </message>
        <message>
            <source>%1 and %2 lie in one another.</source>
            <translation>%1 und %2 liegen ineinander.</translation>
        </message>
        <message>
            <source>Watch folders that lie apart.</source>
            <translation>Beobachten Sie Ordner, die nicht ineinander liegen.</translation>
        </message>
        <message>
            <source>%1 has a setting %2 that there is not.</source>
            <translation>%1 hat eine Einstellung %2, die es nicht gibt.</translation>
        </message>
        <message>
            <source>Did you mean %1?</source>
            <translation>Meinten Sie %1?</translation>
        </message>
        <message>
            <source>%1, folder %2</source>
            <translation>%1, Ordner %2</translation>
        </message>
        <message>
            <source>one of %1</source>
            <translation>eines von %1</translation>
        </message>
        <message>
            <source>a number</source>
            <translation>eine Zahl</translation>
        </message>
        <message>
            <source>a number from %1 to %2</source>
            <translation>eine Zahl von %1 bis %2</translation>
        </message>
        <message>
            <source>a text in quotes</source>
            <translation>einen Text</translation>
        </message>
        <message>
            <source>a name without folders</source>
            <translation>einen Namen ohne Ordner</translation>
        </message>
        <message>
            <source>a list of names</source>
            <translation>eine Liste von Namen</translation>
        </message>
        <message>
            <source>a whole number from 1 on</source>
            <translation>eine ganze Zahl ab 1</translation>
        </message>
        <message>
            <source>a whole number from %1 to %2</source>
            <translation>eine ganze Zahl von %1 bis %2</translation>
        </message>
        <message>
            <source>a list of AE titles</source>
            <translation>eine Liste von AE-Titeln</translation>
        </message>
        <message>
            <source>A receiver that listens at %1 for other machines must know who may call.</source>
            <translation>Ein Empfänger, der auf %1 für andere Rechner lauscht, muss wissen, wer anrufen darf.</translation>
        </message>
        <message>
            <source>Name the AE titles of the senders (--caller, or callers in listen.toml), or leave the host out.</source>
            <translation>Nennen Sie die AE-Titel der Sender (--caller, oder callers in listen.toml), oder lassen Sie den Host weg.</translation>
        </message>
        <message>
            <source>'%1' is no AE title: wanted are 1 to 16 characters of ASCII without a backslash.</source>
            <translation>„%1“ ist kein AE-Titel: verlangt sind 1 bis 16 ASCII-Zeichen ohne umgekehrten Schrägstrich.</translation>
        </message>
        <message>
            <source>%1 is %2, and must be a number of days above 0</source>
            <translation>%1 ist %2, und muss eine Zahl von Tagen über 0 sein</translation>
        </message>
        <message>
            <source>The second opinions in %1 cannot be used: %2.</source>
            <translation>Die Zweitmeinungen in %1 können nicht benutzt werden: %2.</translation>
        </message>
        <message>
            <source>'%1' is no id of a model</source>
            <translation>„%1“ ist keine Kennung eines Modells</translation>
        </message>
        <message>
            <source>[%1] by %2 names no '%3'</source>
            <translation>[%1] durch %2 nennt kein „%3“</translation>
        </message>
        <message>
            <source>%1 of [%2] is %3, and must be %4</source>
            <translation>%1 von [%2] ist %3, verlangt ist %4</translation>
        </message>
        <message>
            <source>[%1] asks itself; `flips` asks a model in the mirror</source>
            <translation>[%1] fragt sich selbst; `flips` fragt ein Modell im Spiegel</translation>
        </message>
        <message>
            <source>a file name with {stem} or {folder}</source>
            <translation>ein Dateiname mit {stem} oder {folder}</translation>
        </message>
        <message>
            <source>a whole number from 0 to 16</source>
            <translation>eine ganze Zahl von 0 bis 16</translation>
        </message>
        <message>
            <source>a share above 0 up to 1</source>
            <translation>ein Anteil über 0 bis 1</translation>
        </message>
        <message>
            <source>a text</source>
            <translation>ein Text</translation>
        </message>
        <message>
            <source>%1 In its own words: %2</source>
            <translation>%1 Im Wortlaut: %2</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>wartet</translation>
        </message>
        <message>
            <source>find</source>
            <translation>suchen</translation>
        </message>
        <message>
            <source>read</source>
            <translation>lesen</translation>
        </message>
        <message>
            <source>prepare</source>
            <translation>vorbereiten</translation>
        </message>
        <message>
            <source>detect</source>
            <translation>suchen</translation>
        </message>
        <message>
            <source>merge</source>
            <translation>zusammenfügen</translation>
        </message>
        <message>
            <source>record</source>
            <translation>aufzeichnen</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>Tools</source>
            <translation>Werkzeuge</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Beurteilung</translation>
        </message>
        <message>
            <source>Go</source>
            <translation>Gehe zu</translation>
        </message>
        <message>
            <source>Window</source>
            <translation>Fenster</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Hilfe</translation>
        </message>
        <message>
            <source>Open files...</source>
            <translation>Dateien öffnen...</translation>
        </message>
        <message>
            <source>Open a folder...</source>
            <translation>Ordner öffnen...</translation>
        </message>
        <message>
            <source>Open the sample studies</source>
            <translation>Beispielstudien öffnen</translation>
        </message>
        <message>
            <source>Answer this study again</source>
            <translation>Diese Studie noch einmal beantworten</translation>
        </message>
        <message>
            <source>Answer as a modality that the file does not name...</source>
            <translation>Als eine Modalität beantworten, die die Datei nicht nennt...</translation>
        </message>
        <message>
            <source>Cancel what is waiting</source>
            <translation>Wartendes abbrechen</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>Fit to the window</source>
            <translation>In das Fenster einpassen</translation>
        </message>
        <message>
            <source>One to one</source>
            <translation>Eins zu eins</translation>
        </message>
        <message>
            <source>Zoom in</source>
            <translation>Vergrößern</translation>
        </message>
        <message>
            <source>Zoom out</source>
            <translation>Verkleinern</translation>
        </message>
        <message>
            <source>Invert</source>
            <translation>Umkehren</translation>
        </message>
        <message>
            <source>Colours: grey, hot, cool</source>
            <translation>Farben: grau, heiß, kühl</translation>
        </message>
        <message>
            <source>Flip left and right</source>
            <translation>Links und rechts spiegeln</translation>
        </message>
        <message>
            <source>Flip top and bottom</source>
            <translation>Oben und unten spiegeln</translation>
        </message>
        <message>
            <source>Rotate to the right</source>
            <translation>Nach rechts drehen</translation>
        </message>
        <message>
            <source>Rotate to the left</source>
            <translation>Nach links drehen</translation>
        </message>
        <message>
            <source>Reset window, zoom and rotation</source>
            <translation>Fensterung, Zoom und Drehung zurücksetzen</translation>
        </message>
        <message>
            <source>Soft tissue window</source>
            <translation>Weichteilfenster</translation>
        </message>
        <message>
            <source>Lung window</source>
            <translation>Lungenfenster</translation>
        </message>
        <message>
            <source>Liver window</source>
            <translation>Leberfenster</translation>
        </message>
        <message>
            <source>Bone window</source>
            <translation>Knochenfenster</translation>
        </message>
        <message>
            <source>Brain window</source>
            <translation>Hirnfenster</translation>
        </message>
        <message>
            <source>Window of the file</source>
            <translation>Fenster der Datei</translation>
        </message>
        <message>
            <source>Automatic window</source>
            <translation>Automatisches Fenster</translation>
        </message>
        <message>
            <source>Window over all values</source>
            <translation>Fenster über alle Werte</translation>
        </message>
        <message>
            <source>Brighter</source>
            <translation>Heller</translation>
        </message>
        <message>
            <source>Darker</source>
            <translation>Dunkler</translation>
        </message>
        <message>
            <source>More contrast</source>
            <translation>Mehr Kontrast</translation>
        </message>
        <message>
            <source>Less contrast</source>
            <translation>Weniger Kontrast</translation>
        </message>
        <message>
            <source>Show regions</source>
            <translation>Regionen zeigen</translation>
        </message>
        <message>
            <source>Heat map</source>
            <translation>Wärmebild</translation>
        </message>
        <message>
            <source>Outlines: box, contour, both</source>
            <translation>Umriss: Kasten, Kontur, beides</translation>
        </message>
        <message>
            <source>Three planes</source>
            <translation>Drei Ebenen</translation>
        </message>
        <message>
            <source>Slab: maximum, mean, off</source>
            <translation>Schichtblock: Maximum, Mittel, aus</translation>
        </message>
        <message>
            <source>Thicker slab</source>
            <translation>Dickerer Schichtblock</translation>
        </message>
        <message>
            <source>Thinner slab</source>
            <translation>Dünnerer Schichtblock</translation>
        </message>
        <message>
            <source>Tilt the plane up</source>
            <translation>Ebene nach oben kippen</translation>
        </message>
        <message>
            <source>Tilt the plane down</source>
            <translation>Ebene nach unten kippen</translation>
        </message>
        <message>
            <source>Tilt the plane left</source>
            <translation>Ebene nach links kippen</translation>
        </message>
        <message>
            <source>Tilt the plane right</source>
            <translation>Ebene nach rechts kippen</translation>
        </message>
        <message>
            <source>Straighten the planes</source>
            <translation>Ebenen gerade richten</translation>
        </message>
        <message>
            <source>Play the slices</source>
            <translation>Schichten abspielen</translation>
        </message>
        <message>
            <source>Play faster</source>
            <translation>Schneller abspielen</translation>
        </message>
        <message>
            <source>Play slower</source>
            <translation>Langsamer abspielen</translation>
        </message>
        <message>
            <source>Magnifier</source>
            <translation>Lupe</translation>
        </message>
        <message>
            <source>Measure a length</source>
            <translation>Länge messen</translation>
        </message>
        <message>
            <source>Measure an angle</source>
            <translation>Winkel messen</translation>
        </message>
        <message>
            <source>Measure an area</source>
            <translation>Fläche messen</translation>
        </message>
        <message>
            <source>Measure a value</source>
            <translation>Wert messen</translation>
        </message>
        <message>
            <source>Remove the last measurement</source>
            <translation>Letzte Messung entfernen</translation>
        </message>
        <message>
            <source>Put down what is in hand</source>
            <translation>Werkzeug weglegen</translation>
        </message>
        <message>
            <source>Side by side with another study</source>
            <translation>Neben einer anderen Studie</translation>
        </message>
        <message>
            <source>Flicker between both studies</source>
            <translation>Zwischen beiden Studien wechseln</translation>
        </message>
        <message>
            <source>Difference of both studies</source>
            <translation>Differenz beider Studien</translation>
        </message>
        <message>
            <source>Confirm, and go on</source>
            <translation>Bestätigen und weiter</translation>
        </message>
        <message>
            <source>Reject...</source>
            <translation>Ablehnen...</translation>
        </message>
        <message>
            <source>Add a region</source>
            <translation>Region hinzufügen</translation>
        </message>
        <message>
            <source>Change label or box...</source>
            <translation>Bezeichnung oder Rahmen ändern...</translation>
        </message>
        <message>
            <source>Confirm all that are undecided</source>
            <translation>Alle unentschiedenen bestätigen</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Wiederholen</translation>
        </message>
        <message>
            <source>First verdict: accept, or agree</source>
            <translation>Erstes Urteil: annehmen oder zustimmen</translation>
        </message>
        <message>
            <source>Second verdict: warn, or disagree</source>
            <translation>Zweites Urteil: warnen oder widersprechen</translation>
        </message>
        <message>
            <source>Third verdict: reject the part</source>
            <translation>Drittes Urteil: Teil zurückweisen</translation>
        </message>
        <message>
            <source>Comment</source>
            <translation>Bemerkung</translation>
        </message>
        <message>
            <source>Sign...</source>
            <translation>Unterschreiben...</translation>
        </message>
        <message>
            <source>Change what is signed...</source>
            <translation>Unterschriebenes ändern...</translation>
        </message>
        <message>
            <source>Show more regions</source>
            <translation>Mehr Regionen zeigen</translation>
        </message>
        <message>
            <source>Show fewer regions</source>
            <translation>Weniger Regionen zeigen</translation>
        </message>
        <message>
            <source>Next study</source>
            <translation>Nächste Studie</translation>
        </message>
        <message>
            <source>Previous study</source>
            <translation>Vorige Studie</translation>
        </message>
        <message>
            <source>Ten slices on; in a picture the next study</source>
            <translation>Zehn Schichten weiter; in einem Bild die nächste Studie</translation>
        </message>
        <message>
            <source>Ten slices back; in a picture the previous study</source>
            <translation>Zehn Schichten zurück; in einem Bild die vorige Studie</translation>
        </message>
        <message>
            <source>First slice</source>
            <translation>Erste Schicht</translation>
        </message>
        <message>
            <source>Last slice</source>
            <translation>Letzte Schicht</translation>
        </message>
        <message>
            <source>Next region</source>
            <translation>Nächste Region</translation>
        </message>
        <message>
            <source>Previous region</source>
            <translation>Vorige Region</translation>
        </message>
        <message>
            <source>Next part of the window</source>
            <translation>Nächster Teil des Fensters</translation>
        </message>
        <message>
            <source>Worklist</source>
            <translation>Arbeitsliste</translation>
        </message>
        <message>
            <source>Reading</source>
            <translation>Befunden</translation>
        </message>
        <message>
            <source>Monitor</source>
            <translation>Überwachung</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>Audit</source>
            <translation>Nachweis</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Full screen</source>
            <translation>Ganzer Bildschirm</translation>
        </message>
        <message>
            <source>Picture in a window of its own</source>
            <translation>Bild in einem eigenen Fenster</translation>
        </message>
        <message>
            <source>Find a command...</source>
            <translation>Befehl suchen...</translation>
        </message>
        <message>
            <source>Log in...</source>
            <translation>Anmelden...</translation>
        </message>
        <message>
            <source>Lock the window</source>
            <translation>Fenster sperren</translation>
        </message>
        <message>
            <source>Keys and mouse</source>
            <translation>Tasten und Maus</translation>
        </message>
        <message>
            <source>About Fovea</source>
            <translation>Über Fovea</translation>
        </message>
        <message>
            <source>Left drag</source>
            <translation>Links ziehen</translation>
        </message>
        <message>
            <source>Window and level: sideways for contrast, up and down for brightness</source>
            <translation>Fensterung: seitwärts Kontrast, auf und ab Helligkeit</translation>
        </message>
        <message>
            <source>Left click</source>
            <translation>Linksklick</translation>
        </message>
        <message>
            <source>Choose the region under the pointer</source>
            <translation>Region unter dem Zeiger wählen</translation>
        </message>
        <message>
            <source>Left drag at an edge of the chosen region</source>
            <translation>Links an einem Rand der gewählten Region ziehen</translation>
        </message>
        <message>
            <source>Move that edge</source>
            <translation>Diesen Rand verschieben</translation>
        </message>
        <message>
            <source>Middle drag, Shift + left drag</source>
            <translation>Mitte ziehen, Umschalt + links ziehen</translation>
        </message>
        <message>
            <source>Move the picture</source>
            <translation>Bild verschieben</translation>
        </message>
        <message>
            <source>Right drag</source>
            <translation>Rechts ziehen</translation>
        </message>
        <message>
            <source>Zoom about the place where the drag began</source>
            <translation>Um die Stelle zoomen, an der das Ziehen begann</translation>
        </message>
        <message>
            <source>Right click</source>
            <translation>Rechtsklick</translation>
        </message>
        <message>
            <source>Menu</source>
            <translation>Menü</translation>
        </message>
        <message>
            <source>Click in one of three planes</source>
            <translation>Klick in eine von drei Ebenen</translation>
        </message>
        <message>
            <source>The other planes go there</source>
            <translation>Die anderen Ebenen gehen dorthin</translation>
        </message>
        <message>
            <source>Drag the middle of the crosshair</source>
            <translation>Mitte des Fadenkreuzes ziehen</translation>
        </message>
        <message>
            <source>The other planes follow</source>
            <translation>Die anderen Ebenen folgen</translation>
        </message>
        <message>
            <source>Drag a handle of the crosshair</source>
            <translation>Griff des Fadenkreuzes ziehen</translation>
        </message>
        <message>
            <source>Turn the other planes</source>
            <translation>Die anderen Ebenen drehen</translation>
        </message>
        <message>
            <source>Wheel in a volume</source>
            <translation>Rad in einem Volumen</translation>
        </message>
        <message>
            <source>Scroll through the slices</source>
            <translation>Durch die Schichten blättern</translation>
        </message>
        <message>
            <source>Wheel in a picture, Ctrl + wheel</source>
            <translation>Rad in einem Bild, Strg + Rad</translation>
        </message>
        <message>
            <source>Zoom about the pointer</source>
            <translation>Um den Zeiger zoomen</translation>
        </message>
        <message>
            <source>Click or drag in the bar beside a volume</source>
            <translation>Klick oder Ziehen in der Leiste neben einem Volumen</translation>
        </message>
        <message>
            <source>Go to that slice</source>
            <translation>Zu dieser Schicht gehen</translation>
        </message>
        <message>
            <source>Arrow keys in a volume</source>
            <translation>Pfeiltasten in einem Volumen</translation>
        </message>
        <message>
            <source>One slice on or back</source>
            <translation>Eine Schicht weiter oder zurück</translation>
        </message>
        <message>
            <source>Arrow keys in a picture, Shift + arrow keys</source>
            <translation>Pfeiltasten in einem Bild, Umschalt + Pfeiltasten</translation>
        </message>
        <message>
            <source>Drop files or folders</source>
            <translation>Dateien oder Ordner ablegen</translation>
        </message>
        <message>
            <source>Open them</source>
            <translation>Öffnet sie</translation>
        </message>
        <message>
            <source>no deadline</source>
            <translation>keine Frist</translation>
        </message>
        <message>
            <source>due in %1</source>
            <translation>fällig in %1</translation>
        </message>
        <message>
            <source>due soon: %1</source>
            <translation>bald fällig: %1</translation>
        </message>
        <message>
            <source>late by %1</source>
            <translation>%1 zu spät</translation>
        </message>
        <message>
            <source>in time</source>
            <translation>rechtzeitig</translation>
        </message>
        <message>
            <source>was late by %1</source>
            <translation>war %1 zu spät</translation>
        </message>
        <message>
            <source>unlike the training</source>
            <translation>anders als beim Training</translation>
        </message>
        <message>
            <source>answered</source>
            <translation>beantwortet</translation>
        </message>
        <message>
            <source>flagged</source>
            <translation>markiert</translation>
        </message>
        <message>
            <source>regions</source>
            <translation>Regionen</translation>
        </message>
        <message>
            <source>best score</source>
            <translation>bester Wert</translation>
        </message>
        <message>
            <source>seconds</source>
            <translation>Sekunden</translation>
        </message>
        <message>
            <source>confirmed regions</source>
            <translation>bestätigte Regionen</translation>
        </message>
        <message>
            <source>dark</source>
            <translation>dunkel</translation>
        </message>
        <message>
            <source>middle</source>
            <translation>mittel</translation>
        </message>
        <message>
            <source>bright</source>
            <translation>hell</translation>
        </message>
        <message>
            <source>spread</source>
            <translation>Streuung</translation>
        </message>
        <message>
            <source>warmth</source>
            <translation>Farbwärme</translation>
        </message>
        <message>
            <source>noise</source>
            <translation>Rauschen</translation>
        </message>
        <message>
            <source>edge</source>
            <translation>Kanten</translation>
        </message>
        <message>
            <source>sharpness</source>
            <translation>Schärfe</translation>
        </message>
        <message>
            <source>blocks</source>
            <translation>Blöcke</translation>
        </message>
        <message>
            <source>distance from the training</source>
            <translation>Abstand vom Training</translation>
        </message>
        <message>
            <source>pixel size, mm</source>
            <translation>Pixelgröße, mm</translation>
        </message>
        <message>
            <source>slice distance, mm</source>
            <translation>Schichtabstand, mm</translation>
        </message>
        <message>
            <source>tube voltage, kV</source>
            <translation>Röhrenspannung, kV</translation>
        </message>
        <message>
            <source>exposure, mAs</source>
            <translation>Belichtung, mAs</translation>
        </message>
        <message>
            <source>dose (CTDI), mGy</source>
            <translation>Dosis (CTDI), mGy</translation>
        </message>
        <message>
            <source>scanner: the commonest</source>
            <translation>Scanner: der häufigste</translation>
        </message>
        <message>
            <source>software: the commonest</source>
            <translation>Software: die häufigste</translation>
        </message>
        <message>
            <source>kernel: the commonest</source>
            <translation>Faltungskern: der häufigste</translation>
        </message>
        <message>
            <source>no finding</source>
            <translation>kein Befund</translation>
        </message>
        <message>
            <source>artefact</source>
            <translation>Artefakt</translation>
        </message>
        <message>
            <source>normal anatomy or structure</source>
            <translation>normale Anatomie oder Struktur</translation>
        </message>
        <message>
            <source>too small to matter</source>
            <translation>zu klein, um zu zählen</translation>
        </message>
        <message>
            <source>shown twice</source>
            <translation>doppelt gezeigt</translation>
        </message>
        <message>
            <source>other</source>
            <translation>anderes</translation>
        </message>
        <message>
            <source>Longest diameter</source>
            <translation>Größter Durchmesser</translation>
        </message>
        <message>
            <source>Volume</source>
            <translation>Volumen</translation>
        </message>
        <message>
            <source>Mean</source>
            <translation>Mittelwert</translation>
        </message>
        <message>
            <source>Standard deviation</source>
            <translation>Standardabweichung</translation>
        </message>
        <message>
            <source>first answer only</source>
            <translation>nur in der ersten Antwort</translation>
        </message>
        <message>
            <source>second answer only</source>
            <translation>nur in der zweiten Antwort</translation>
        </message>
        <message>
            <source>both answers</source>
            <translation>in beiden Antworten</translation>
        </message>
        <message>
            <source>another model</source>
            <translation>ein anderes Modell</translation>
        </message>
        <message>
            <source>its template</source>
            <translation>die Vorlage</translation>
        </message>
        <message>
            <source>the mirror</source>
            <translation>das Spiegelbild</translation>
        </message>
        <message>
            <source>deviation</source>
            <translation>Abweichung</translation>
        </message>
        <message>
            <source>lowest</source>
            <translation>kleinster</translation>
        </message>
        <message>
            <source>highest</source>
            <translation>größter</translation>
        </message>
        <message>
            <source>value</source>
            <translation>Wert</translation>
        </message>
        <message>
            <source>length</source>
            <translation>Länge</translation>
        </message>
        <message>
            <source>angle</source>
            <translation>Winkel</translation>
        </message>
        <message>
            <source>area</source>
            <translation>Fläche</translation>
        </message>
        <message>
            <source>first seen here</source>
            <translation>hier zuerst gesehen wurde</translation>
        </message>
        <message>
            <source>taken, as its file says</source>
            <translation>laut seiner Datei aufgenommen wurde</translation>
        </message>
        <message>
            <source>is answered, with a doubt</source>
            <translation>wird mit einem Zweifel beantwortet</translation>
        </message>
        <message>
            <source>is not looked at, and its outcome says so</source>
            <translation>wird nicht angesehen, und das Ergebnis sagt es</translation>
        </message>
        <message>
            <source>routine</source>
            <translation>Routine</translation>
        </message>
        <message>
            <source>stat</source>
            <translation>eilig</translation>
        </message>
        <message>
            <source>no program has it open any more</source>
            <translation>kein Programm sie mehr offen hat</translation>
        </message>
        <message>
            <source>it is there under this name</source>
            <translation>sie unter diesem Namen da ist</translation>
        </message>
        <message>
            <source>its marker is there</source>
            <translation>ihre Marke da ist</translation>
        </message>
        <message>
            <source>stay where they are</source>
            <translation>bleiben, wo sie sind</translation>
        </message>
        <message>
            <source>are moved to `done` or `refused`</source>
            <translation>werden nach `done` oder `refused` verschoben</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Modality, where a file names none</source>
            <translation>Modalität, wo eine Datei keine nennt</translation>
        </message>
        <message>
            <source>Threshold</source>
            <translation>Schwelle</translation>
        </message>
        <message>
            <source>the model's own</source>
            <translation>die des Modells</translation>
        </message>
        <message>
            <source>Seconds for a picture</source>
            <translation>Sekunden für ein Bild</translation>
        </message>
        <message>
            <source>Seconds for a volume</source>
            <translation>Sekunden für ein Volumen</translation>
        </message>
        <message>
            <source>They begin when it was</source>
            <translation>Sie beginnen, wenn es</translation>
        </message>
        <message>
            <source>What comes too late</source>
            <translation>Was zu spät kommt</translation>
        </message>
        <message>
            <source>Priority</source>
            <translation>Vorrang</translation>
        </message>
        <message>
            <source>A file is whole when</source>
            <translation>Eine Datei ist vollständig, wenn</translation>
        </message>
        <message>
            <source>Name of the marker</source>
            <translation>Name der Marke</translation>
        </message>
        <message>
            <source>Answered files</source>
            <translation>Beantwortete Dateien</translation>
        </message>
        <message>
            <source>Most studies that wait</source>
            <translation>Höchstens wartende Studien</translation>
        </message>
        <message>
            <source>AE title</source>
            <translation>AE-Titel</translation>
        </message>
        <message>
            <source>Address to listen on</source>
            <translation>Adresse, an der gelauscht wird</translation>
        </message>
        <message>
            <source>Port</source>
            <translation>Port</translation>
        </message>
        <message>
            <source>AE titles that may send</source>
            <translation>AE-Titel, die senden dürfen</translation>
        </message>
        <message>
            <source>any</source>
            <translation>alle</translation>
        </message>
        <message>
            <source>Associations at once</source>
            <translation>Verbindungen zugleich</translation>
        </message>
        <message>
            <source>MiB kept free on the disk</source>
            <translation>MiB, die auf der Platte frei bleiben</translation>
        </message>
        <message>
            <source>TLS certificate</source>
            <translation>TLS-Zertifikat</translation>
        </message>
        <message>
            <source>no TLS</source>
            <translation>kein TLS</translation>
        </message>
        <message>
            <source>TLS key</source>
            <translation>TLS-Schlüssel</translation>
        </message>
        <message>
            <source>TLS authority of the callers</source>
            <translation>TLS-Stelle der Rufenden</translation>
        </message>
        <message>
            <source>Days until received files of answered studies are removed</source>
            <translation>Tage, bis empfangene Dateien beantworteter Studien entfernt werden</translation>
        </message>
        <message>
            <source>kept</source>
            <translation>bleiben</translation>
        </message>
        <message>
            <source>Days until small pictures are removed</source>
            <translation>Tage, bis kleine Bilder entfernt werden</translation>
        </message>
        <message>
            <source>an image of the part without defects</source>
            <translation>ein Bild des Teils ohne Fehler</translation>
        </message>
        <message>
            <source>the same model, in a mirror</source>
            <translation>dasselbe Modell, gespiegelt</translation>
        </message>
        <message>
            <source>Model that answers</source>
            <translation>Modell, das antwortet</translation>
        </message>
        <message>
            <source>Second opinion by</source>
            <translation>Zweitmeinung durch</translation>
        </message>
        <message>
            <source>The other model</source>
            <translation>Das andere Modell</translation>
        </message>
        <message>
            <source>Folder of the templates</source>
            <translation>Ordner der Vorlagen</translation>
        </message>
        <message>
            <source>Name of a template, with {stem} or {folder}</source>
            <translation>Name einer Vorlage, mit {stem} oder {folder}</translation>
        </message>
        <message>
            <source>Pixels that an edge may lie off</source>
            <translation>Pixel, die eine Kante danebenliegen darf</translation>
        </message>
        <message>
            <source>Share of the values that makes a difference</source>
            <translation>Anteil der Werte, der ein Unterschied ist</translation>
        </message>
        <message>
            <source>Pixels that make a region</source>
            <translation>Pixel, die eine Region ergeben</translation>
        </message>
        <message>
            <source>the one that fits</source>
            <translation>das passende</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keine</translation>
        </message>
        <message>
            <source>its id</source>
            <translation>seine Kennung</translation>
        </message>
        <message>
            <source>its id, or its id and version</source>
            <translation>seine Kennung, oder Kennung und Version</translation>
        </message>
        <message>
            <source>the one most like the study</source>
            <translation>die der Studie ähnlichste</translation>
        </message>
        <message>
            <source>running</source>
            <translation>in Arbeit</translation>
        </message>
        <message>
            <source>not answered</source>
            <translation>nicht beantwortet</translation>
        </message>
        <message>
            <source>nothing flagged</source>
            <translation>nichts markiert</translation>
        </message>
        <message>
            <source>incomplete</source>
            <translation>unvollständig</translation>
        </message>
        <message>
            <source>out of domain</source>
            <translation>außerhalb des Bereichs</translation>
        </message>
        <message>
            <source>refused</source>
            <translation>abgelehnt</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>gescheitert</translation>
        </message>
        <message>
            <source>incomplete, flagged</source>
            <translation>unvollständig, markiert</translation>
        </message>
        <message>
            <source>out of domain, flagged</source>
            <translation>außerhalb des Bereichs, markiert</translation>
        </message>
        <message>
            <source>refused, flagged</source>
            <translation>abgelehnt, markiert</translation>
        </message>
        <message>
            <source>failed, flagged</source>
            <translation>gescheitert, markiert</translation>
        </message>
        <message>
            <source>soft tissue</source>
            <translation>Weichteile</translation>
        </message>
        <message>
            <source>lung</source>
            <translation>Lunge</translation>
        </message>
        <message>
            <source>liver</source>
            <translation>Leber</translation>
        </message>
        <message>
            <source>bone</source>
            <translation>Knochen</translation>
        </message>
        <message>
            <source>brain</source>
            <translation>Hirn</translation>
        </message>
        <message>
            <source>Label</source>
            <translation>Bezeichnung</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>Wert</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>voxels</source>
            <translation>Voxel</translation>
        </message>
        <message>
            <source>score</source>
            <translation>Wert</translation>
        </message>
        <message>
            <source>top</source>
            <translation>höchster</translation>
        </message>
        <message>
            <source>Study</source>
            <translation>Studie</translation>
        </message>
        <message>
            <source>Patient or part</source>
            <translation>Patient oder Teil</translation>
        </message>
        <message>
            <source>Modality</source>
            <translation>Modalität</translation>
        </message>
        <message>
            <source>Arrived</source>
            <translation>Eingang</translation>
        </message>
        <message>
            <source>Deadline</source>
            <translation>Frist</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>Stand</translation>
        </message>
        <message>
            <source>Regions</source>
            <translation>Regionen</translation>
        </message>
        <message>
            <source>Doubts</source>
            <translation>Zweifel</translation>
        </message>
        <message>
            <source>signed</source>
            <translation>unterschrieben</translation>
        </message>
        <message>
            <source>draft</source>
            <translation>Entwurf</translation>
        </message>
        <message>
            <source>open</source>
            <translation>offen</translation>
        </message>
        <message>
            <source>no regions</source>
            <translation>keine Regionen</translation>
        </message>
        <message>
            <source>1 region</source>
            <translation>1 Region</translation>
        </message>
        <message>
            <source>1 study</source>
            <translation>1 Studie</translation>
        </message>
        <message>
            <source>sure</source>
            <translation>sicher</translation>
        </message>
        <message>
            <source>unsure</source>
            <translation>unsicher</translation>
        </message>
        <message>
            <source>%1 regions</source>
            <translation>%1 Regionen</translation>
        </message>
        <message>
            <source>%1 studies</source>
            <translation>%1 Studien</translation>
        </message>
        <message>
            <source>about %1 left</source>
            <translation>noch etwa %1</translation>
        </message>
        <message>
            <source>Embedded default: CPU, ONNX Runtime</source>
            <translation>Eingebauter Standard: CPU, ONNX Runtime</translation>
        </message>
        <message>
            <source>Alarms</source>
            <translation>Alarme</translation>
        </message>
        <message>
            <source>1 alarm</source>
            <translation>1 Alarm</translation>
        </message>
        <message>
            <source>%1 alarms</source>
            <translation>%1 Alarme</translation>
        </message>
        <message>
            <source>Ran on</source>
            <translation>Lief auf</translation>
        </message>
        <message>
            <source>Looked at</source>
            <translation>Angesehen</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Zeit</translation>
        </message>
        <message>
            <source>Repeats</source>
            <translation>Wiederholt</translation>
        </message>
        <message>
            <source>%1 of the scan</source>
            <translation>%1 der Aufnahme</translation>
        </message>
        <message>
            <source>Modality of this study, such as CT or MR:</source>
            <translation>Modalität dieser Studie, etwa CT oder MR:</translation>
        </message>
        <message>
            <source>Open files</source>
            <translation>Dateien öffnen</translation>
        </message>
        <message>
            <source>Open a folder</source>
            <translation>Ordner öffnen</translation>
        </message>
        <message>
            <source>Import a model package</source>
            <translation>Modellpaket importieren</translation>
        </message>
        <message>
            <source>Answer as</source>
            <translation>Beantworten als</translation>
        </message>
        <message>
            <source>Pictures and volumes</source>
            <translation>Bilder und Volumen</translation>
        </message>
        <message>
            <source>All files</source>
            <translation>Alle Dateien</translation>
        </message>
        <message>
            <source>Model packages</source>
            <translation>Modellpakete</translation>
        </message>
        <message>
            <source>All actions</source>
            <translation>Alle Vorgänge</translation>
        </message>
        <message>
            <source>Answers</source>
            <translation>Antworten</translation>
        </message>
        <message>
            <source>Reviews</source>
            <translation>Beurteilungen</translation>
        </message>
        <message>
            <source>Operators</source>
            <translation>Bedienende</translation>
        </message>
        <message>
            <source>Failed logins</source>
            <translation>Gescheiterte Anmeldungen</translation>
        </message>
        <message>
            <source>Exports</source>
            <translation>Exporte</translation>
        </message>
        <message>
            <source>Erased records</source>
            <translation>Gelöschte Datensätze</translation>
        </message>
        <message>
            <source>Database</source>
            <translation>Datenbank</translation>
        </message>
        <message>
            <source>Program</source>
            <translation>Programm</translation>
        </message>
        <message>
            <source>intact</source>
            <translation>unversehrt</translation>
        </message>
        <message>
            <source>not intact</source>
            <translation>nicht unversehrt</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>Nummer</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Wann</translation>
        </message>
        <message>
            <source>Who</source>
            <translation>Wer</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Was</translation>
        </message>
        <message>
            <source>Of what</source>
            <translation>Wovon</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Einzelheiten</translation>
        </message>
        <message>
            <source>Search in the log</source>
            <translation>Im Protokoll suchen</translation>
        </message>
        <message>
            <source>Which actions</source>
            <translation>Welche Vorgänge</translation>
        </message>
        <message>
            <source>Verify</source>
            <translation>Prüfen</translation>
        </message>
        <message>
            <source>Export...</source>
            <translation>Exportieren...</translation>
        </message>
        <message>
            <source>Audit log</source>
            <translation>Nachweisprotokoll</translation>
        </message>
        <message>
            <source>1 entry</source>
            <translation>1 Eintrag</translation>
        </message>
        <message>
            <source>%1 entries</source>
            <translation>%1 Einträge</translation>
        </message>
        <message>
            <source>Intact: %1 entries, %2 seals, and every record is what its entry says.</source>
            <translation>Unversehrt: %1 Einträge, %2 Siegel, und jeder Datensatz ist, was sein Eintrag sagt.</translation>
        </message>
        <message>
            <source>The database lacks triggers that refuse changes of it: %1.</source>
            <translation>Der Datenbank fehlen Trigger, die Änderungen an ihr ablehnen: %1.</translation>
        </message>
        <message>
            <source>Code of the entry</source>
            <translation>Code des Eintrags</translation>
        </message>
        <message>
            <source>Digest of the one before</source>
            <translation>Prüfsumme des vorigen</translation>
        </message>
        <message>
            <source>Checks every entry and every record</source>
            <translation>Prüft jeden Eintrag und jeden Datensatz</translation>
        </message>
        <message>
            <source>Nothing matches</source>
            <translation>Nichts passt</translation>
        </message>
        <message>
            <source>No entry of the log fits this search.</source>
            <translation>Kein Eintrag passt zu dieser Suche.</translation>
        </message>
        <message>
            <source>The first key still lies on this machine: `fovea audit setup` hands it over.</source>
            <translation>Der erste Schlüssel liegt noch auf diesem Rechner: `fovea audit setup` übergibt ihn.</translation>
        </message>
        <message>
            <source>Your role does not permit this.</source>
            <translation>Ihre Rolle erlaubt das nicht.</translation>
        </message>
        <message>
            <source>Not intact. Entry %1</source>
            <translation>Nicht unversehrt. Eintrag %1</translation>
        </message>
        <message>
            <source>Find a command</source>
            <translation>Befehl suchen</translation>
        </message>
        <message>
            <source>Type what you want to do</source>
            <translation>Schreiben Sie, was Sie tun möchten</translation>
        </message>
        <message>
            <source>Commands</source>
            <translation>Befehle</translation>
        </message>
        <message>
            <source>No command is called like that.</source>
            <translation>So heißt kein Befehl.</translation>
        </message>
        <message>
            <source>Compare with</source>
            <translation>Vergleichen mit</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>Quelle</translation>
        </message>
        <message>
            <source>Studies</source>
            <translation>Studien</translation>
        </message>
        <message>
            <source>Noticed</source>
            <translation>Bemerkt</translation>
        </message>
        <message>
            <source>as it was</source>
            <translation>wie bisher</translation>
        </message>
        <message>
            <source>no number yet</source>
            <translation>noch keine Zahl</translation>
        </message>
        <message>
            <source>Sources</source>
            <translation>Quellen</translation>
        </message>
        <message>
            <source>Studies unlike the training</source>
            <translation>Studien anders als beim Training</translation>
        </message>
        <message>
            <source>No study was answered yet.</source>
            <translation>Noch keine Studie wurde beantwortet.</translation>
        </message>
        <message>
            <source>Every study of late was like those its model was trained on.</source>
            <translation>Jede Studie der letzten Zeit glich denen, mit denen ihr Modell trainiert wurde.</translation>
        </message>
        <message>
            <source>Look now</source>
            <translation>Jetzt prüfen</translation>
        </message>
        <message>
            <source>Begin anew...</source>
            <translation>Neu beginnen...</translation>
        </message>
        <message>
            <source>Weekly means</source>
            <translation>Wochenmittel</translation>
        </message>
        <message>
            <source>Looks at every source; it is done once a minute by itself</source>
            <translation>Sieht jede Quelle an; von selbst geschieht das einmal in der Minute</translation>
        </message>
        <message>
            <source>Ends the alarm of a source whose change is known</source>
            <translation>Beendet den Alarm einer Quelle, deren Veränderung bekannt ist</translation>
        </message>
        <message>
            <source>CHANGED, noticed %1</source>
            <translation>VERÄNDERT, bemerkt %1</translation>
        </message>
        <message>
            <source>%1 changed</source>
            <translation>%1 verändert</translation>
        </message>
        <message>
            <source>Opacity of the heat map</source>
            <translation>Deckkraft des Wärmebilds</translation>
        </message>
        <message>
            <source>No heat map is kept of this study.</source>
            <translation>Von dieser Studie ist kein Wärmebild aufbewahrt.</translation>
        </message>
        <message>
            <source>imported</source>
            <translation>importiert</translation>
        </message>
        <message>
            <source>not imported</source>
            <translation>nicht importiert</translation>
        </message>
        <message>
            <source>Steps of the import</source>
            <translation>Schritte des Imports</translation>
        </message>
        <message>
            <source>Let it in unsigned...</source>
            <translation>Ohne Signatur zulassen...</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>%1 is on the shelf. It answers nothing before it is activated.</source>
            <translation>%1 steht im Regal. Es antwortet erst, wenn es aktiviert wird.</translation>
        </message>
        <message>
            <source>%1 is being imported</source>
            <translation>%1 wird importiert</translation>
        </message>
        <message>
            <source>Recorded</source>
            <translation>Aufgezeichnet</translation>
        </message>
        <message>
            <source>Recording...</source>
            <translation>Wird aufgezeichnet...</translation>
        </message>
        <message>
            <source>Change...</source>
            <translation>Ändern...</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Urteil</translation>
        </message>
        <message>
            <source>the verdict is open</source>
            <translation>das Urteil ist offen</translation>
        </message>
        <message>
            <source>Signed by %1, %2 UTC, version %3</source>
            <translation>Unterschrieben von %1, %2 UTC, Fassung %3</translation>
        </message>
        <message>
            <source>Shown from %1</source>
            <translation>Gezeigt ab %1</translation>
        </message>
        <message>
            <source>%1 added</source>
            <translation>%1 hinzugefügt</translation>
        </message>
        <message>
            <source>Return: %1</source>
            <translation>Eingabe: %1</translation>
        </message>
        <message>
            <source>unsure %1 to %2</source>
            <translation>unsicher %1 bis %2</translation>
        </message>
        <message>
            <source>%1 of %2 decided</source>
            <translation>%1 von %2 entschieden</translation>
        </message>
        <message>
            <source>Mouse</source>
            <translation>Maus</translation>
        </message>
        <message>
            <source>Label and box of the region</source>
            <translation>Bezeichnung und Rahmen der Region</translation>
        </message>
        <message>
            <source>What this region is</source>
            <translation>Was diese Region ist</translation>
        </message>
        <message>
            <source>Another label...</source>
            <translation>Andere Bezeichnung...</translation>
        </message>
        <message>
            <source>Move or resize the box</source>
            <translation>Rahmen verschieben oder ändern</translation>
        </message>
        <message>
            <source>Log in</source>
            <translation>Anmelden</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Password or PIN</source>
            <translation>Passwort oder PIN</translation>
        </message>
        <message>
            <source>Who works here?</source>
            <translation>Wer arbeitet hier?</translation>
        </message>
        <message>
            <source>Checking...</source>
            <translation>Wird geprüft...</translation>
        </message>
        <message>
            <source>Under the pointer</source>
            <translation>Unter dem Zeiger</translation>
        </message>
        <message>
            <source>Zoom, window and level</source>
            <translation>Zoom und Fensterung</translation>
        </message>
        <message>
            <source>Run time</source>
            <translation>Laufzeit</translation>
        </message>
        <message>
            <source>not possible</source>
            <translation>nicht möglich</translation>
        </message>
        <message>
            <source>whole</source>
            <translation>vollständig</translation>
        </message>
        <message>
            <source>not sound</source>
            <translation>nicht in Ordnung</translation>
        </message>
        <message>
            <source>passed</source>
            <translation>bestanden</translation>
        </message>
        <message>
            <source>Figure</source>
            <translation>Kennzahl</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>Wert</translation>
        </message>
        <message>
            <source>Effort</source>
            <translation>Aufwand</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>Ergebnis</translation>
        </message>
        <message>
            <source>Step</source>
            <translation>Schritt</translation>
        </message>
        <message>
            <source>Found</source>
            <translation>Befund</translation>
        </message>
        <message>
            <source>Line</source>
            <translation>Zeile</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>Version</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Grund</translation>
        </message>
        <message>
            <source>Activate...</source>
            <translation>Aktivieren...</translation>
        </message>
        <message>
            <source>Start shadow</source>
            <translation>Schatten starten</translation>
        </message>
        <message>
            <source>Roll back...</source>
            <translation>Zurücknehmen...</translation>
        </message>
        <message>
            <source>Override the gate...</source>
            <translation>Abnahme übergehen...</translation>
        </message>
        <message>
            <source>Figures</source>
            <translation>Kennzahlen</translation>
        </message>
        <message>
            <source>Lines of the gate</source>
            <translation>Zeilen der Abnahme</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Verlauf</translation>
        </message>
        <message>
            <source>What is known of the version</source>
            <translation>Was von der Version bekannt ist</translation>
        </message>
        <message>
            <source>Model card</source>
            <translation>Modellkarte</translation>
        </message>
        <message>
            <source>It did not come by import: it is bundled, or was put onto the shelf by hand.</source>
            <translation>Es kam nicht durch einen Import: Es ist mitgeliefert oder wurde von Hand ins Regal gelegt.</translation>
        </message>
        <message>
            <source>It never answered as a shadow.</source>
            <translation>Es hat nie als Schatten geantwortet.</translation>
        </message>
        <message>
            <source>Nothing was changed yet: no version was imported, activated or taken back here.</source>
            <translation>Noch wurde nichts geändert: Keine Version wurde hier importiert, aktiviert oder zurückgenommen.</translation>
        </message>
        <message>
            <source>Card</source>
            <translation>Karte</translation>
        </message>
        <message>
            <source>Import</source>
            <translation>Import</translation>
        </message>
        <message>
            <source>Gate</source>
            <translation>Abnahme</translation>
        </message>
        <message>
            <source>Shadow</source>
            <translation>Schatten</translation>
        </message>
        <message>
            <source>End shadow</source>
            <translation>Schatten beenden</translation>
        </message>
        <message>
            <source>Roll back to %1...</source>
            <translation>Zurück zu %1...</translation>
        </message>
        <message>
            <source>The gate was not asked yet. It measures a version on images of the site, see requirements.toml.</source>
            <translation>Die Abnahme wurde noch nicht verlangt. Sie misst eine Version an Bildern des Standorts, siehe requirements.toml.</translation>
        </message>
        <message>
            <source>%1 of %2 lines fail.</source>
            <translation>%1 von %2 Zeilen sind nicht bestanden.</translation>
        </message>
        <message>
            <source>The gate refuses it.</source>
            <translation>Die Abnahme lehnt es ab.</translation>
        </message>
        <message>
            <source>It was activated.</source>
            <translation>Es wurde aktiviert.</translation>
        </message>
        <message>
            <source>active</source>
            <translation>aktiv</translation>
        </message>
        <message>
            <source>usable</source>
            <translation>verwendbar</translation>
        </message>
        <message>
            <source>shadow</source>
            <translation>Schatten</translation>
        </message>
        <message>
            <source>not active</source>
            <translation>nicht aktiv</translation>
        </message>
        <message>
            <source>activated</source>
            <translation>aktiviert</translation>
        </message>
        <message>
            <source>activated against the gate</source>
            <translation>gegen die Abnahme aktiviert</translation>
        </message>
        <message>
            <source>rolled back</source>
            <translation>zurückgenommen</translation>
        </message>
        <message>
            <source>taken back: failures</source>
            <translation>zurückgenommen: Fehler</translation>
        </message>
        <message>
            <source>taken back: parity</source>
            <translation>zurückgenommen: Parität</translation>
        </message>
        <message>
            <source>taken back: self-test</source>
            <translation>zurückgenommen: Selbsttest</translation>
        </message>
        <message>
            <source>shadow started</source>
            <translation>Schatten gestartet</translation>
        </message>
        <message>
            <source>shadow ended</source>
            <translation>Schatten beendet</translation>
        </message>
        <message>
            <source>answers</source>
            <translation>antwortet</translation>
        </message>
        <message>
            <source>to be looked at</source>
            <translation>zu beachten</translation>
        </message>
        <message>
            <source>not usable</source>
            <translation>nicht verwendbar</translation>
        </message>
        <message>
            <source>sure from %1, unsure from %2</source>
            <translation>sicher ab %1, unsicher ab %2</translation>
        </message>
        <message>
            <source>It answers although the gate refuses it, on the word of %1: %2 Failing: %3</source>
            <translation>Es antwortet, obwohl die Abnahme es ablehnt, auf das Wort von %1: %2 Nicht bestanden: %3</translation>
        </message>
        <message>
            <source>FAILED</source>
            <translation>NICHT BESTANDEN</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>Bezeichnungen</translation>
        </message>
        <message>
            <source>Thresholds</source>
            <translation>Schwellen</translation>
        </message>
        <message>
            <source>Made for</source>
            <translation>Gemacht für</translation>
        </message>
        <message>
            <source>Efforts</source>
            <translation>Aufwände</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Lizenz</translation>
        </message>
        <message>
            <source>Hash</source>
            <translation>Prüfsumme</translation>
        </message>
        <message>
            <source>Studies that both answered</source>
            <translation>Studien, die beide beantworteten</translation>
        </message>
        <message>
            <source>Both say the same</source>
            <translation>Beide sagen dasselbe</translation>
        </message>
        <message>
            <source>Regions that both found</source>
            <translation>Regionen, die beide fanden</translation>
        </message>
        <message>
            <source>Only the version that answers</source>
            <translation>Nur die antwortende Version</translation>
        </message>
        <message>
            <source>Only the shadow</source>
            <translation>Nur der Schatten</translation>
        </message>
        <message>
            <source>Of them reviewed and signed</source>
            <translation>Davon beurteilt und signiert</translation>
        </message>
        <message>
            <source>Findings: more found by the shadow</source>
            <translation>Befunde: mehr vom Schatten gefunden</translation>
        </message>
        <message>
            <source>False regions: fewer by the shadow</source>
            <translation>Falsche Regionen: weniger vom Schatten</translation>
        </message>
        <message>
            <source>it is better, enough was seen</source>
            <translation>er ist besser, genug wurde gesehen</translation>
        </message>
        <message>
            <source>it is worse, enough was seen</source>
            <translation>er ist schlechter, genug wurde gesehen</translation>
        </message>
        <message>
            <source>unsigned</source>
            <translation>ohne Signatur</translation>
        </message>
        <message>
            <source>Refused</source>
            <translation>Abgelehnt</translation>
        </message>
        <message>
            <source>%1 answers now.</source>
            <translation>Jetzt antwortet %1.</translation>
        </message>
        <message>
            <source>This version answers.</source>
            <translation>Diese Version antwortet.</translation>
        </message>
        <message>
            <source>This version answers; none was ever activated.</source>
            <translation>Diese Version antwortet; aktiviert wurde noch keine.</translation>
        </message>
        <message>
            <source>Several versions may answer, so none does unless it is named: activate one.</source>
            <translation>Mehrere Versionen könnten antworten, also antwortet nur eine, die genannt wird: Aktivieren Sie eine.</translation>
        </message>
        <message>
            <source>%1 better, %2 worse</source>
            <translation>%1 besser, %2 schlechter</translation>
        </message>
        <message>
            <source>not enough seen (%1 of %2)</source>
            <translation>noch nicht genug gesehen (%1 von %2)</translation>
        </message>
        <message>
            <source>%1 sure, %2 unsure</source>
            <translation>%1 sicher, %2 unsicher</translation>
        </message>
        <message>
            <source>Unsigned: %1</source>
            <translation>Ohne Signatur: %1</translation>
        </message>
        <message>
            <source>%1 was taken back by the program: %2</source>
            <translation>%1 wurde vom Programm zurückgenommen: %2</translation>
        </message>
        <message>
            <source>Answers as a shadow, in spare time, and no reader sees it.</source>
            <translation>Antwortet als Schatten in freier Zeit, und kein Befunder sieht es.</translation>
        </message>
        <message>
            <source>Answers nothing until it is activated.</source>
            <translation>Antwortet erst, wenn es aktiviert wird.</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Zustand</translation>
        </message>
        <message>
            <source>Reads a package step by step and puts it onto the shelf</source>
            <translation>Liest ein Paket Schritt für Schritt und stellt es ins Regal</translation>
        </message>
        <message>
            <source>Installed models</source>
            <translation>Installierte Modelle</translation>
        </message>
        <message>
            <source>Import...</source>
            <translation>Importieren...</translation>
        </message>
        <message>
            <source>Reads every byte and checks the signature</source>
            <translation>Liest jedes Byte und prüft die Unterschrift</translation>
        </message>
        <message>
            <source>No model is installed</source>
            <translation>Kein Modell ist installiert</translation>
        </message>
        <message>
            <source>Import a package: a folder or a zip with a manifest, signed by a key that is trusted here.</source>
            <translation>Importieren Sie ein Paket: einen Ordner oder ein Zip mit Manifest, signiert mit einem Schlüssel, dem hier vertraut wird.</translation>
        </message>
        <message>
            <source>%1 of %2 may be used</source>
            <translation>%1 von %2 dürfen verwendet werden</translation>
        </message>
        <message>
            <source>By day</source>
            <translation>Nach Tag</translation>
        </message>
        <message>
            <source>By model</source>
            <translation>Nach Modell</translation>
        </message>
        <message>
            <source>By source</source>
            <translation>Nach Quelle</translation>
        </message>
        <message>
            <source>alarm</source>
            <translation>Alarm</translation>
        </message>
        <message>
            <source>no alarm</source>
            <translation>kein Alarm</translation>
        </message>
        <message>
            <source>Queue</source>
            <translation>Warteschlange</translation>
        </message>
        <message>
            <source>Worker</source>
            <translation>Arbeitsprozess</translation>
        </message>
        <message>
            <source>GPU</source>
            <translation>GPU</translation>
        </message>
        <message>
            <source>Disk</source>
            <translation>Platte</translation>
        </message>
        <message>
            <source>Forecasts kept</source>
            <translation>Gehaltene Vorhersagen</translation>
        </message>
        <message>
            <source>Group</source>
            <translation>Gruppe</translation>
        </message>
        <message>
            <source>Flagged</source>
            <translation>Markiert</translation>
        </message>
        <message>
            <source>Confirmed</source>
            <translation>Bestätigt</translation>
        </message>
        <message>
            <source>Median</source>
            <translation>Median</translation>
        </message>
        <message>
            <source>95 % within</source>
            <translation>95 % in</translation>
        </message>
        <message>
            <source>In time</source>
            <translation>Rechtzeitig</translation>
        </message>
        <message>
            <source>Without answer</source>
            <translation>Ohne Antwort</translation>
        </message>
        <message>
            <source>The newest of them</source>
            <translation>Die neueste davon</translation>
        </message>
        <message>
            <source>Figures by</source>
            <translation>Kennzahlen nach</translation>
        </message>
        <message>
            <source>Why studies got no answer</source>
            <translation>Warum Studien keine Antwort bekamen</translation>
        </message>
        <message>
            <source>What was seen</source>
            <translation>Was gesehen wurde</translation>
        </message>
        <message>
            <source>Every study of late was answered in full.</source>
            <translation>Alle letzten Studien wurden ganz beantwortet.</translation>
        </message>
        <message>
            <source>of the newest %1 answers</source>
            <translation>der neuesten %1 Antworten</translation>
        </message>
        <message>
            <source>of all %1 answers</source>
            <translation>aller %1 Antworten</translation>
        </message>
        <message>
            <source>on the disk of the records</source>
            <translation>auf der Platte der Aufzeichnungen</translation>
        </message>
        <message>
            <source>none yet</source>
            <translation>noch keine</translation>
        </message>
        <message>
            <source>Change by source</source>
            <translation>Veränderung je Quelle</translation>
        </message>
        <message>
            <source>no answer yet</source>
            <translation>noch keine Antwort</translation>
        </message>
        <message>
            <source>ready</source>
            <translation>bereit</translation>
        </message>
        <message>
            <source>starting</source>
            <translation>startet</translation>
        </message>
        <message>
            <source>the CPU answers</source>
            <translation>die CPU antwortet</translation>
        </message>
        <message>
            <source>no model was chosen</source>
            <translation>kein Modell wurde gewählt</translation>
        </message>
        <message>
            <source>Nothing needs looking after.</source>
            <translation>Nichts braucht Aufmerksamkeit.</translation>
        </message>
        <message>
            <source>%1 expected late</source>
            <translation>%1 voraussichtlich zu spät</translation>
        </message>
        <message>
            <source>longest wait %1</source>
            <translation>längstes Warten %1</translation>
        </message>
        <message>
            <source>%1 waiting</source>
            <translation>%1 warten</translation>
        </message>
        <message>
            <source>%1 GiB free</source>
            <translation>%1 GiB frei</translation>
        </message>
        <message>
            <source>%1 GiB of memory</source>
            <translation>%1 GiB Speicher</translation>
        </message>
        <message>
            <source>of the last %1 came by their 90 % forecast</source>
            <translation>der letzten %1 kamen bis zu ihrer 90-%-Vorhersage</translation>
        </message>
        <message>
            <source>%1 at work</source>
            <translation>%1 in Arbeit</translation>
        </message>
        <message>
            <source>Reading...</source>
            <translation>Wird gelesen...</translation>
        </message>
        <message>
            <source>Who works here</source>
            <translation>Wer hier arbeitet</translation>
        </message>
        <message>
            <source>colour</source>
            <translation>farbig</translation>
        </message>
        <message>
            <source>grey</source>
            <translation>grau</translation>
        </message>
        <message>
            <source>%1 of %2 slices read</source>
            <translation>%1 von %2 Schichten gelesen</translation>
        </message>
        <message>
            <source>Picture - Fovea</source>
            <translation>Bild - Fovea</translation>
        </message>
        <message>
            <source>Reason, kept in the record</source>
            <translation>Grund, er bleibt in der Aufzeichnung</translation>
        </message>
        <message>
            <source>Why this is no finding</source>
            <translation>Warum das kein Befund ist</translation>
        </message>
        <message>
            <source>Slices</source>
            <translation>Schichten</translation>
        </message>
        <message>
            <source>Centre</source>
            <translation>Mitte</translation>
        </message>
        <message>
            <source>to</source>
            <translation>bis</translation>
        </message>
        <message>
            <source>Open a study to see what is flagged in it.</source>
            <translation>Öffnen Sie eine Studie, um zu sehen, was darin markiert ist.</translation>
        </message>
        <message>
            <source>%1 hidden</source>
            <translation>%1 verborgen</translation>
        </message>
        <message>
            <source>%1 places only the first has, %2 only the second.</source>
            <translation>%1 Stellen hat nur die erste, %2 nur die zweite.</translation>
        </message>
        <message>
            <source>Second answer</source>
            <translation>Zweite Antwort</translation>
        </message>
        <message>
            <source>Second answer, in brackets: %1</source>
            <translation>Zweite Antwort, in Klammern: %1</translation>
        </message>
        <message>
            <source>Both agree.</source>
            <translation>Beide stimmen überein.</translation>
        </message>
        <message>
            <source>Not in full: %1</source>
            <translation>Nicht vollständig: %1</translation>
        </message>
        <message>
            <source>Watched folders</source>
            <translation>Beobachtete Ordner</translation>
        </message>
        <message>
            <source>What comes into these folders is answered by `fovea watch`, which reads this at its next start.</source>
            <translation>Was in diese Ordner kommt, beantwortet `fovea watch`, das dies bei seinem nächsten Start liest.</translation>
        </message>
        <message>
            <source>(no folder yet)</source>
            <translation>(noch kein Ordner)</translation>
        </message>
        <message>
            <source>Add a folder</source>
            <translation>Ordner hinzufügen</translation>
        </message>
        <message>
            <source>Remove this folder</source>
            <translation>Diesen Ordner entfernen</translation>
        </message>
        <message>
            <source>Choose...</source>
            <translation>Wählen...</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Speichern</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Tasten</translation>
        </message>
        <message>
            <source>Click into a field and press the new key. It holds at once, unless another command has it.</source>
            <translation>Klicken Sie in ein Feld und drücken Sie die neue Taste. Sie gilt sofort, außer ein anderer Befehl hat sie.</translation>
        </message>
        <message>
            <source>Give all commands their own keys again</source>
            <translation>Allen Befehlen wieder ihre eigenen Tasten geben</translation>
        </message>
        <message>
            <source>%1 is the key of: %2</source>
            <translation>%1 ist die Taste von: %2</translation>
        </message>
        <message>
            <source>reader</source>
            <translation>Befunder</translation>
        </message>
        <message>
            <source>inspector</source>
            <translation>Prüfer</translation>
        </message>
        <message>
            <source>lead</source>
            <translation>Leitung</translation>
        </message>
        <message>
            <source>administrator</source>
            <translation>Verwalter</translation>
        </message>
        <message>
            <source>viewer</source>
            <translation>Betrachter</translation>
        </message>
        <message>
            <source>Role</source>
            <translation>Rolle</translation>
        </message>
        <message>
            <source>Since</source>
            <translation>Seit</translation>
        </message>
        <message>
            <source>may log in</source>
            <translation>darf sich anmelden</translation>
        </message>
        <message>
            <source>disabled</source>
            <translation>gesperrt</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Hinzufügen</translation>
        </message>
        <message>
            <source>Disable</source>
            <translation>Sperren</translation>
        </message>
        <message>
            <source>New password</source>
            <translation>Neues Passwort</translation>
        </message>
        <message>
            <source>The same again</source>
            <translation>Noch einmal dasselbe</translation>
        </message>
        <message>
            <source>These people log in with a name and a password; the window locks after a quarter of an hour.</source>
            <translation>Diese Personen melden sich mit Name und Passwort an; das Fenster sperrt sich nach einer Viertelstunde.</translation>
        </message>
        <message>
            <source>Nobody logs in here: the user of the operating system may do everything. The first operator that is added must be an administrator; from then on people log in.</source>
            <translation>Hier meldet sich niemand an: der Benutzer des Betriebssystems darf alles. Die erste Person, die hinzukommt, muss Verwalter sein; von da an wird sich angemeldet.</translation>
        </message>
        <message>
            <source>The two passwords are not the same.</source>
            <translation>Die beiden Passwörter sind nicht gleich.</translation>
        </message>
        <message>
            <source>Sections</source>
            <translation>Abschnitte</translation>
        </message>
        <message>
            <source>Second opinions</source>
            <translation>Zweitmeinungen</translation>
        </message>
        <message>
            <source>Whose answer is wanted beside that of a model. A change holds from the next study on.</source>
            <translation>Wessen Antwort neben der eines Modells gewünscht ist. Eine Änderung gilt ab der nächsten Studie.</translation>
        </message>
        <message>
            <source>(no model yet)</source>
            <translation>(noch kein Modell)</translation>
        </message>
        <message>
            <source>Add a model</source>
            <translation>Modell hinzufügen</translation>
        </message>
        <message>
            <source>Remove this model</source>
            <translation>Dieses Modell entfernen</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>That of the desktop</source>
            <translation>Die des Desktops</translation>
        </message>
        <message>
            <source>A box</source>
            <translation>Ein Kasten</translation>
        </message>
        <message>
            <source>A contour</source>
            <translation>Eine Kontur</translation>
        </message>
        <message>
            <source>Both</source>
            <translation>Beides</translation>
        </message>
        <message>
            <source>makes it brighter</source>
            <translation>macht es heller</translation>
        </message>
        <message>
            <source>makes it darker</source>
            <translation>macht es dunkler</translation>
        </message>
        <message>
            <source>Appearance</source>
            <translation>Aussehen</translation>
        </message>
        <message>
            <source>Pictures keep a dark ground in every theme. A language holds from the next start.</source>
            <translation>Bilder behalten in jedem Thema einen dunklen Grund. Eine Sprache gilt ab dem nächsten Start.</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>Thema</translation>
        </message>
        <message>
            <source>Size of text</source>
            <translation>Schriftgröße</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>What happens by itself, and what the mouse does to a picture.</source>
            <translation>Was von selbst geschieht und was die Maus mit einem Bild macht.</translation>
        </message>
        <message>
            <source>After the last region of a study the next study opens by itself</source>
            <translation>Nach der letzten Region einer Studie öffnet sich die nächste von selbst</translation>
        </message>
        <message>
            <source>Dragging upwards in a picture</source>
            <translation>In einem Bild nach oben ziehen</translation>
        </message>
        <message>
            <source>Around a region</source>
            <translation>Um eine Region</translation>
        </message>
        <message>
            <source>Second picture</source>
            <translation>Zweites Bild</translation>
        </message>
        <message>
            <source>Third picture</source>
            <translation>Drittes Bild</translation>
        </message>
        <message>
            <source>Sign</source>
            <translation>Unterschreiben</translation>
        </message>
        <message>
            <source>Show the first</source>
            <translation>Die erste zeigen</translation>
        </message>
        <message>
            <source>no verdict yet</source>
            <translation>noch kein Urteil</translation>
        </message>
        <message>
            <source>Password or PIN of %1</source>
            <translation>Passwort oder PIN von %1</translation>
        </message>
        <message>
            <source>Sign as %1</source>
            <translation>Als %1 unterschreiben</translation>
        </message>
        <message>
            <source>%1 and %2 more</source>
            <translation>%1 und %2 weitere</translation>
        </message>
        <message>
            <source>Undecided: %1. Decide them before you sign.</source>
            <translation>Unentschieden: %1. Entscheiden Sie sie, bevor Sie unterschreiben.</translation>
        </message>
        <message>
            <source>Never looked at one by one: %1. You answer for them too.</source>
            <translation>Nie einzeln angesehen: %1. Sie stehen auch dafür ein.</translation>
        </message>
        <message>
            <source>Searching</source>
            <translation>Wird gesucht</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>Fortschritt</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Searching: %1 files so far</source>
            <translation>Wird gesucht: bisher %1 Dateien</translation>
        </message>
        <message>
            <source>%1, searching</source>
            <translation>%1, es wird gesucht</translation>
        </message>
        <message>
            <source>%1 of %2 answered</source>
            <translation>%1 von %2 beantwortet</translation>
        </message>
        <message>
            <source>Regions are shown from this score on</source>
            <translation>Regionen werden ab diesem Wert gezeigt</translation>
        </message>
        <message>
            <source>Window and level</source>
            <translation>Fensterung</translation>
        </message>
        <message>
            <source>Flip and rotate</source>
            <translation>Spiegeln und drehen</translation>
        </message>
        <message>
            <source>Slab and tilt</source>
            <translation>Schichtblock und Kippen</translation>
        </message>
        <message>
            <source>Measure</source>
            <translation>Messen</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Vergleichen</translation>
        </message>
        <message>
            <source>Stay</source>
            <translation>Bleiben</translation>
        </message>
        <message>
            <source>Close and lose them</source>
            <translation>Schließen und verlieren</translation>
        </message>
        <message>
            <source>Decisions about %1 studies are not recorded yet.</source>
            <translation>Entscheidungen zu %1 Studien sind noch nicht aufgezeichnet.</translation>
        </message>
        <message>
            <source>newest week %1</source>
            <translation>neueste Woche %1</translation>
        </message>
        <message>
            <source>Open pictures and series to look at</source>
            <translation>Öffnen Sie Bilder und Serien</translation>
        </message>
        <message>
            <source>Drop files or folders here: PNG, JPEG, BMP, TIFF, DICOM, NIfTI, MetaImage or NRRD.
Each study is answered and listed on the left; a series of slices is one.</source>
            <translation>Legen Sie hier Dateien oder Ordner ab: PNG, JPEG, BMP, TIFF, DICOM, NIfTI, MetaImage oder NRRD.
Jede Studie wird beantwortet und links aufgeführt; eine Serie von Schichten ist eine.</translation>
        </message>
        <message>
            <source>Stopping after this step...</source>
            <translation>Hält nach diesem Schritt an...</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Alle</translation>
        </message>
        <message>
            <source>Second opinion differs</source>
            <translation>Zweite Meinung weicht ab</translation>
        </message>
        <message>
            <source>Nothing flagged</source>
            <translation>Nichts markiert</translation>
        </message>
        <message>
            <source>Incomplete</source>
            <translation>Unvollständig</translation>
        </message>
        <message>
            <source>Out of domain</source>
            <translation>Außerhalb des Bereichs</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>Gescheitert</translation>
        </message>
        <message>
            <source>At any time</source>
            <translation>Jederzeit</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Heute</translation>
        </message>
        <message>
            <source>Last 7 days</source>
            <translation>Letzte 7 Tage</translation>
        </message>
        <message>
            <source>Search in names and folders</source>
            <translation>In Namen und Ordnern suchen</translation>
        </message>
        <message>
            <source>%1 flagged</source>
            <translation>%1 markiert</translation>
        </message>
        <message>
            <source>%1 clear</source>
            <translation>%1 ohne Markierung</translation>
        </message>
        <message>
            <source>%1 incomplete</source>
            <translation>%1 unvollständig</translation>
        </message>
        <message>
            <source>%1 out of domain</source>
            <translation>%1 außerhalb des Bereichs</translation>
        </message>
        <message>
            <source>%1 refused</source>
            <translation>%1 abgelehnt</translation>
        </message>
        <message>
            <source>%1 failed</source>
            <translation>%1 gescheitert</translation>
        </message>
        <message>
            <source>Queue: empty</source>
            <translation>Warteschlange: leer</translation>
        </message>
        <message>
            <source>Which answers</source>
            <translation>Welche Antworten</translation>
        </message>
        <message>
            <source>Since when</source>
            <translation>Seit wann</translation>
        </message>
        <message>
            <source>the newest %1 that match</source>
            <translation>die neuesten %1, die passen</translation>
        </message>
        <message>
            <source>Today: %1 answered</source>
            <translation>Heute: %1 beantwortet</translation>
        </message>
        <message>
            <source>Queue: %1 waiting</source>
            <translation>Warteschlange: %1 warten</translation>
        </message>
        <message>
            <source>empty in %1</source>
            <translation>leer in %1</translation>
        </message>
        <message>
            <source>Nothing has arrived yet</source>
            <translation>Noch ist nichts eingegangen</translation>
        </message>
        <message>
            <source>Drop files or folders on the window, or let a folder be watched or a scanner send (see Settings). Whatever arrives is listed here with its deadline.</source>
            <translation>Legen Sie Dateien oder Ordner auf dem Fenster ab, oder lassen Sie einen Ordner beobachten oder einen Scanner senden (siehe Einstellungen). Was eingeht, steht hier mit seiner Frist.</translation>
        </message>
        <message>
            <source>No study fits this search.</source>
            <translation>Keine Studie passt zu dieser Suche.</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Alle zeigen</translation>
        </message>
        <message>
            <source>yield %1</source>
            <translation>Ausbeute %1</translation>
        </message>
        <message>
            <source>%1 rejected</source>
            <translation>%1 zurückgewiesen</translation>
        </message>
        <message>
            <source>Queue: %1 at work</source>
            <translation>Warteschlange: %1 in Arbeit</translation>
        </message>
        <message>
            <source>Checking the record...</source>
            <translation>Die Aufzeichnung wird geprüft...</translation>
        </message>
        <message>
            <source>Folder that the export is put into</source>
            <translation>Ordner, in den der Export kommt</translation>
        </message>
        <message>
            <source>Exporting the log...</source>
            <translation>Das Protokoll wird exportiert...</translation>
        </message>
        <message>
            <source>%1 entries were exported to %2</source>
            <translation>%1 Einträge wurden nach %2 exportiert</translation>
        </message>
        <message>
            <source>Checking the record: %1 entries hold so far</source>
            <translation>Die Aufzeichnung wird geprüft: bisher halten %1 Einträge</translation>
        </message>
        <message>
            <source>Exporting the log: %1 entries so far</source>
            <translation>Das Protokoll wird exportiert: bisher %1 Einträge</translation>
        </message>
        <message>
            <source>earlier study</source>
            <translation>frühere Studie</translation>
        </message>
        <message>
            <source>This study</source>
            <translation>Diese Studie</translation>
        </message>
        <message>
            <source>Compared</source>
            <translation>Verglichen</translation>
        </message>
        <message>
            <source>Difference</source>
            <translation>Differenz</translation>
        </message>
        <message>
            <source>Open another study to compare with.</source>
            <translation>Öffnen Sie eine andere Studie zum Vergleich.</translation>
        </message>
        <message>
            <source>Same patient</source>
            <translation>Gleicher Patient</translation>
        </message>
        <message>
            <source>▲ Another patient</source>
            <translation>▲ Anderer Patient</translation>
        </message>
        <message>
            <source>same place</source>
            <translation>gleiche Stelle</translation>
        </message>
        <message>
            <source>linked slices</source>
            <translation>verbundene Schichten</translation>
        </message>
        <message>
            <source>The pictures differ in size: no difference can be shown.</source>
            <translation>Die Bilder sind verschieden groß: eine Differenz kann nicht gezeigt werden.</translation>
        </message>
        <message>
            <source>A difference is shown of single pictures, not of volumes.</source>
            <translation>Eine Differenz gibt es von einzelnen Bildern, nicht von Volumen.</translation>
        </message>
        <message>
            <source>The gate refuses %1. An administrator's reason makes it answer all the same, and stays visible.</source>
            <translation>Die Abnahme lehnt %1 ab. Der Grund eines Administrators lässt es trotzdem antworten und bleibt sichtbar.</translation>
        </message>
        <message>
            <source>%1 answers again from the next study on, instead of %2.</source>
            <translation>%1 antwortet ab der nächsten Studie wieder, anstelle von %2.</translation>
        </message>
        <message>
            <source>Override the gate</source>
            <translation>Die Abnahme übergehen</translation>
        </message>
        <message>
            <source>Activate it</source>
            <translation>Aktivieren</translation>
        </message>
        <message>
            <source>Roll back</source>
            <translation>Zurücknehmen</translation>
        </message>
        <message>
            <source>Roll back %1</source>
            <translation>%1 zurücknehmen</translation>
        </message>
        <message>
            <source>Nobody signed %1, so nothing shows who made it. Each of its answers will carry a doubt.</source>
            <translation>Niemand hat %1 signiert, also zeigt nichts, wer es gemacht hat. Jede seiner Antworten wird einen Zweifel tragen.</translation>
        </message>
        <message>
            <source>Let an unsigned package in</source>
            <translation>Ein Paket ohne Signatur zulassen</translation>
        </message>
        <message>
            <source>Let it in</source>
            <translation>Zulassen</translation>
        </message>
        <message>
            <source>The gate measures %1</source>
            <translation>Die Abnahme misst %1</translation>
        </message>
        <message>
            <source>Importing %1...</source>
            <translation>%1 wird importiert...</translation>
        </message>
        <message>
            <source>What comes from %1 from now on is held against what comes from now on. Say what was found.</source>
            <translation>Was ab jetzt von %1 kommt, wird mit dem verglichen, was ab jetzt kommt. Sagen Sie, was gefunden wurde.</translation>
        </message>
        <message>
            <source>Begin the watch anew</source>
            <translation>Die Überwachung neu beginnen</translation>
        </message>
        <message>
            <source>Begin anew</source>
            <translation>Neu beginnen</translation>
        </message>
        <message>
            <source>Log in as somebody else...</source>
            <translation>Als jemand anderes anmelden...</translation>
        </message>
        <message>
            <source>no model installed</source>
            <translation>kein Modell installiert</translation>
        </message>
        <message>
            <source>Run time: starting...</source>
            <translation>Laufzeit: startet...</translation>
        </message>
        <message>
            <source>The worker ended and is started again; what it looked at begins anew.</source>
            <translation>Der Arbeitsprozess endete und wird neu gestartet; was er ansah, beginnt von vorn.</translation>
        </message>
        <message>
            <source>Nothing can be answered</source>
            <translation>Nichts kann beantwortet werden</translation>
        </message>
        <message>
            <source>Receiver</source>
            <translation>Empfänger</translation>
        </message>
        <message>
            <source>What scanners send is taken by `fovea listen`, which reads this at its next start.</source>
            <translation>Was Scanner senden, nimmt `fovea listen` an, das dies bei seinem nächsten Start liest.</translation>
        </message>
        <message>
            <source>Privacy</source>
            <translation>Datenschutz</translation>
        </message>
        <message>
            <source>Answers, reviews and the log are kept for ever; what is no record may be removed after some days.</source>
            <translation>Antworten, Beurteilungen und das Protokoll bleiben für immer; was keine Aufzeichnung ist, kann nach einigen Tagen entfernt werden.</translation>
        </message>
        <message>
            <source>Fovea %1

Shows what a local detector flagged; a person decides.
Nothing leaves this machine.</source>
            <translation>Fovea %1

Zeigt, was ein lokaler Detektor markiert hat; ein Mensch entscheidet.
Nichts verlässt diesen Rechner.</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>Zoom</translation>
        </message>
        <message>
            <source>slice</source>
            <translation>Schicht</translation>
        </message>
        <message>
            <source>Change what is signed</source>
            <translation>Unterschriebenes ändern</translation>
        </message>
        <message>
            <source>Why is what %1 signed changed?</source>
            <translation>Warum wird geändert, was %1 unterschrieben hat?</translation>
        </message>
    </context>
</TS>
