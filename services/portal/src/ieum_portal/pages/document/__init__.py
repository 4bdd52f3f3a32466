"""행사: one of them."""
