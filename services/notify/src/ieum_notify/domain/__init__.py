"""What is true whatever the database: rules, days, occurrences, letters."""
