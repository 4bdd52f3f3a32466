"""Mirrors the code beside it."""
