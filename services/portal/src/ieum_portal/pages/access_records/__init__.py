"""The record of who signed in, who tried to, and who was denied a page."""
