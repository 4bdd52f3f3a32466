"""What is true of partners, agreements and commitments, whatever the database."""
