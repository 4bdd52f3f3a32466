"""What is true whatever the database: kinds, ties that a change draws, questions, clocks."""
