"""People who sign in: by e-mail address, with the roles that follow from what they hold."""
