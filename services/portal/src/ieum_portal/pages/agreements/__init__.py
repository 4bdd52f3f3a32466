"""협약: the list."""
