"""The illustrative partnership, and the data of the measurements, written through the apps' actions."""
