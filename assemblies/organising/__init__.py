"""Creating, publishing, moving, cancelling and reminding: what staff do for a meeting."""
