"""Whose study an outcome is about, as a pseudonym that only this home can make: what earlier exams are found by."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from engine.store.tables.metadata import metadata

persons = Table(
    "persons",
    metadata,
    Column("outcome_id", Integer, ForeignKey("outcomes.id"), primary_key=True),
    Column("person", Text, nullable=False),
    # All studies of a person, oldest first.
    Index(None, "person", "outcome_id"),
)
