"""The projection: what follows from the record, as of any day."""
