"""What the partnership says about this portal: privacy, accessibility, cookies, contact, help. Staff edit the words."""
