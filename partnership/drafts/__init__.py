"""What somebody typed in a long form and did not send: kept, and offered to them when they open the form again."""
