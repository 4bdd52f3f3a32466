"""Why data of people are taken out."""
