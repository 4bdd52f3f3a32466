"""이행과제: the list."""
