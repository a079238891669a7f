"""People who sign in: by email address, with the roles that follow from what they hold."""
