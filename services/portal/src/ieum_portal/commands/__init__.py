"""Verbs that print and write files."""
