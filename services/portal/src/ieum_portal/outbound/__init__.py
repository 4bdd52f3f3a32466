"""The three neighbours over the wire."""
