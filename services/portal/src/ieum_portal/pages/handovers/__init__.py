"""인사이동: handing over, the receipt of it, and the list to sign."""
