"""What boards will take up, when, in which role: topics, the items planned for them, parked topics, standing items."""
