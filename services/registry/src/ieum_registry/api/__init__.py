"""The registry over HTTP: shape in, one operation, stored text out."""
