"""How reports were searched for and chosen: from a search to a record."""
