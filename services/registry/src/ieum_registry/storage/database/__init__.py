"""The two databases, SQLite and PostgreSQL, behind one face: connections, locks, statements."""
