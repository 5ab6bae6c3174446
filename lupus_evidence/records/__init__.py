"""Files of records: what they may say, and their way from YAML to values."""
