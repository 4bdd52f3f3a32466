"""What the registry does: one verb or one family of verbs a file, each a sentence."""
