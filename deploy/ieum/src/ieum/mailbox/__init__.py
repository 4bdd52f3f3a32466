"""The local mailbox: takes all mail, delivers none, shows what was sent."""
