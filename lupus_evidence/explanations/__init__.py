"""What `explain` says of a code, a word or a whole kind of words."""
