"""Tables that people send in and take away: CSV and XLSX. Knows nothing of what they hold, nor of the database."""
