"""Records turned into tables and documents that any renderer can show."""
