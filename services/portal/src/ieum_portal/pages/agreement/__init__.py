"""협약: one of them."""
