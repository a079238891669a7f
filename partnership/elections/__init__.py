"""Elections: nominations, the ballot box, the count."""
