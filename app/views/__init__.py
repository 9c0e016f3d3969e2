"""Widgets: they only show."""
