"""행사: the list."""
