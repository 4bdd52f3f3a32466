"""What an operator runs over the whole log: checking it, and building the shelves anew."""
