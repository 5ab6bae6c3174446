"""Answers written out: for a terminal, a spreadsheet, a program, a manuscript."""
