"""기술: what partners bring."""
