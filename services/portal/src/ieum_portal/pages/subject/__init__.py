"""The page of one subject and its plain forms, out of its declaration."""
