"""Answers as documents: typed values in, words from templates, any writer out."""
