"""28-day notices of council executives: key decisions, private meetings, and what is published where these days are too short."""
