"""Which days are working days and public holidays; moving a day, with the reason."""
