"""파트너: one of them."""
