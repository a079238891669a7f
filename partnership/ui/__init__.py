"""What every page is made of: components, the base form, template tags, the public page cache."""
