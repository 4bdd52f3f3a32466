"""One typed method per registry route."""
