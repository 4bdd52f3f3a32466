"""Ports over the wire: the mail server, the registry, and how a letter becomes text."""
