"""What the pages speak of, as plain values."""
