"""Routes: what is planned, what went out, and why."""
