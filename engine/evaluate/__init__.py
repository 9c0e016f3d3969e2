"""Figures for detectors with their uncertainty: matching, AP, FROC, sensitivity, intervals."""
