"""What comes in and goes out, as marshmallow shapes: one file for each subject."""
