"""Drafts for authorities and people, filled from an assessment."""
