"""Numbered steps of the database, each named for what it does."""
