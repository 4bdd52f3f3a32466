"""추진전략: the parts of a programme."""
