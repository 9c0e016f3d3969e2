"""DICOM peers over associations: what they send is received, what they hold is asked for, and files are sent."""
