"""The operator's program: starts, stops and watches an installation; calls the services' programs."""
