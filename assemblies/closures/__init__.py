"""What a board keeps from the public, on which ground, until when."""
