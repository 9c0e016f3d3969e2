"""DICOM files to pixels and what they mean."""
