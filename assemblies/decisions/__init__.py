"""The public register of decisions: of boards and of officers, each with its reasons, and what a later one revised."""
