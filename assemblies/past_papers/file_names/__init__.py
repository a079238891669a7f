"""What the path of an old paper says: its day, kind and title, and whether it was closed. Reads no rows and no files."""
