"""Forms that are not finished: kept as they are sent, listed, gone on with, thrown away."""
