"""The rule by kinds of value, held against the rows of PS3.15 table E.1-1 in the groups of which anything is kept."""

import pytest
from pydicom import DataElement
from pydicom.datadict import dictionary_VR, tag_for_keyword
from pydicom.tag import Tag

from engine.export.profile import Fate, fate_of, is_public_code

REMOVED_OR_EMPTIED = """
    AccessionNumber AdmittingDiagnosesCodeSequence AdmittingDiagnosesDescription ConsultingPhysicianName
    ConsultingPhysicianIdentificationSequence DerivationDescription InstitutionAddress InstitutionalDepartmentName
    InstitutionalDepartmentTypeCodeSequence InstitutionCodeSequence InstitutionName NameOfPhysiciansReadingStudy
    OperatorIdentificationSequence OperatorsName PerformingPhysicianName PerformingPhysicianIdentificationSequence
    PhysiciansOfRecord PhysiciansOfRecordIdentificationSequence PhysiciansReadingStudyIdentificationSequence
    ReferencedPatientSequence ReferencedPerformedProcedureStepSequence ReferencedStudySequence
    ReferringPhysicianAddress ReferringPhysicianName ReferringPhysicianTelephoneNumbers
    ReferringPhysicianIdentificationSequence SeriesDescription StationName StudyDescription TimezoneOffsetFromUTC
    AcquisitionComments AcquisitionDeviceProcessingDescription AcquisitionProtocolDescription CassetteID
    ContrastBolusAgent ContributionDescription DecompositionDescription DetectorID DeviceSerialNumber GantryID
    GeneratorID MultienergyAcquisitionDescription PlateID ProtocolName
    RespiratoryMotionCompensationTechniqueDescription UDISequence UniqueDeviceIdentifier XRayDetectorID
    XRayDetectorLabel XRaySourceID FrameComments ImageComments ModifiedImageDescription ModifyingDeviceID StudyID
    ImagePresentationComments PatientName PatientID PatientBirthDate PatientSex PatientAge PatientSize PatientWeight
    PregnancyStatus SmokingStatus PatientSexNeutered EthnicGroup OtherPatientIDsSequence GPSLatitude MakerNote
    ClinicalTrialSubjectID PatientState RequestAttributesSequence PerformedProcedureStepStartDate AdmittingDate
    AcquisitionContextSequence ContentSequence PersonName GraphicAnnotationSequence IconImageSequence LabelText
    DigitalSignaturesSequence OriginalAttributesSequence ModifiedAttributesSequence DataSetTrailingPadding
    InterpretationText TreatmentDate RTPlanDate FlowIdentifier TextString
"""
MAPPED = """
    ConcatenationUID DeviceUID DimensionOrganizationUID FailedSOPInstanceUIDList FrameOfReferenceUID
    InstanceCreatorUID IrradiationEventUID LargePaletteColorLookupTableUID ManufacturerDeviceClassUID
    PaletteColorLookupTableUID ReferencedSOPInstanceUID SeriesInstanceUID SOPInstanceUID StudyInstanceUID
    SynchronizationFrameOfReferenceUID TargetUID TransactionUID
"""
MOVED = """
    AcquisitionDate AcquisitionDateTime ContentDate CurveDate EndAcquisitionDateTime InstanceCoercionDateTime
    OverlayDate SeriesDate SourceEndDateTime SourceStartDateTime StartAcquisitionDateTime StudyDate
"""
NEEDED = """
    PixelData Rows Columns BitsAllocated PhotometricInterpretation ImagePositionPatient ImageOrientationPatient
    PixelSpacing RescaleSlope WindowCenter SliceThickness KVP Modality ImageType ConvolutionKernel BodyPartExamined
    InstanceNumber SeriesNumber EchoTime SpacingBetweenSlices RedPaletteColorLookupTableData
"""


def fate(keyword):
    tag = Tag(tag_for_keyword(keyword))
    return fate_of(DataElement(tag, dictionary_VR(tag).split(" ")[0], None))


@pytest.mark.parametrize("keyword", REMOVED_OR_EMPTIED.split())
def test_what_the_table_removes_or_empties_goes(keyword):
    assert fate(keyword) in (Fate.REMOVED, Fate.EMPTIED)


@pytest.mark.parametrize("keyword", MAPPED.split())
def test_what_the_table_maps_is_mapped(keyword):
    assert fate(keyword) is Fate.UID


@pytest.mark.parametrize("keyword", MOVED.split())
def test_dates_move(keyword):
    assert fate(keyword) is Fate.DATE


@pytest.mark.parametrize("keyword", NEEDED.split())
def test_what_pixels_need_stays(keyword):
    assert fate(keyword) is Fate.KEPT


def test_private_overlay_curve_and_unknown_elements_go():
    for tag, vr in ((0x00091001, "DS"), (0x60003000, "OB"), (0x50003000, "OB"), (0x0028FFFE, "US")):
        assert fate_of(DataElement(tag, vr, None)) is Fate.REMOVED


def test_only_codes_of_dictionaries_are_public():
    assert [is_public_code(scheme) for scheme in ("SCT", "DCM ", "99DOE", "", None)] == [
        True,
        True,
        False,
        False,
        False,
    ]
