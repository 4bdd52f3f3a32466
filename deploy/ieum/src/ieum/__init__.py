"""The operator's program: starts, stops and watches an installation."""
