"""과제: what partners commit themselves to."""
