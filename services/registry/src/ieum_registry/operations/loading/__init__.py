"""Reading files of records: YAML with lines, its grammar, and what is wrong with it."""
