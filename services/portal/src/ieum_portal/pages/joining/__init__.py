"""Choosing a password by a link of a letter."""
