"""Who speaks for which organisations."""
