"""Where the files of documents lie, and what is read out of them."""
