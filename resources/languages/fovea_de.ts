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
            <source>the one that fits</source>
            <translation>das passende</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keine</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>wartet</translation>
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
            <source>flagged</source>
            <translation>markiert</translation>
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
            <source>Embedded default: CPU, ONNX Runtime</source>
            <translation>Eingebauter Standard: CPU, ONNX Runtime</translation>
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
            <source>Intact: %1 entries, %2 seals, and every record is what its entry says.</source>
            <translation>Unversehrt: %1 Einträge, %2 Siegel, und jeder Datensatz ist, was sein Eintrag sagt.</translation>
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
            <source>%1 entries</source>
            <translation>%1 Einträge</translation>
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
            <source>Opacity of the heat map</source>
            <translation>Deckkraft des Wärmebilds</translation>
        </message>
        <message>
            <source>No heat map is kept of this study.</source>
            <translation>Von dieser Studie ist kein Wärmebild aufbewahrt.</translation>
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
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Tasten</translation>
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
            <source>sure from %1, unsure from %2</source>
            <translation>sicher ab %1, unsicher ab %2</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>Version</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Zustand</translation>
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
            <source>usable</source>
            <translation>verwendbar</translation>
        </message>
        <message>
            <source>Installed models</source>
            <translation>Installierte Modelle</translation>
        </message>
        <message>
            <source>Figures</source>
            <translation>Kennzahlen</translation>
        </message>
        <message>
            <source>Model card</source>
            <translation>Modellkarte</translation>
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
            <source>Reads every byte and checks the signature</source>
            <translation>Liest jedes Byte und prüft die Unterschrift</translation>
        </message>
        <message>
            <source>No model is installed</source>
            <translation>Kein Modell ist installiert</translation>
        </message>
        <message>
            <source>Put a package into the folder `models` of the home, and open this page again.</source>
            <translation>Legen Sie ein Paket in den Ordner `models` des Datenordners und öffnen Sie diese Seite wieder.</translation>
        </message>
        <message>
            <source>Refused</source>
            <translation>Abgelehnt</translation>
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
            <source>Reason</source>
            <translation>Grund</translation>
        </message>
        <message>
            <source>Studies</source>
            <translation>Studien</translation>
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
            <source>%1 sure, %2 unsure</source>
            <translation>%1 sicher, %2 unsicher</translation>
        </message>
        <message>
            <source>%1 hidden</source>
            <translation>%1 verborgen</translation>
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
            <source>Add a folder</source>
            <translation>Ordner hinzufügen</translation>
        </message>
        <message>
            <source>Remove this folder</source>
            <translation>Diesen Ordner entfernen</translation>
        </message>
        <message>
            <source>(no folder yet)</source>
            <translation>(noch kein Ordner)</translation>
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
            <source>All</source>
            <translation>Alle</translation>
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
