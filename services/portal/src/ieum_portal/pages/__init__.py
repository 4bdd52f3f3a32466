"""One folder for each page; the frame and the parts that they share."""
