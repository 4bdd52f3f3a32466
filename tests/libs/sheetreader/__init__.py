"""Working days: which they are, and where a day moves."""
