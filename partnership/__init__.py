"""The portal of a place-based health and care partnership."""
