"""The evidence as one page: everything it shows, before a word is laid out."""
