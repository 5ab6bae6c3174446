"""The evidence as one page: what it shows, then the HTML that shows it."""
