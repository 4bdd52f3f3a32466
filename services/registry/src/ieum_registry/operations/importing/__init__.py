"""Importing spreadsheets: what a sheet would change, decided by a person, written in pages."""
