"""문서: one of them, and its forms."""
