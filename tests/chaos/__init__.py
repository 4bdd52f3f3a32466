"""Kill processes at random under load, then hold what is left against what was promised."""
