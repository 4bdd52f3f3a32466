"""파트너: the list."""
