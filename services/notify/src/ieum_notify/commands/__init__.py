"""What an operator asks for on a terminal."""
