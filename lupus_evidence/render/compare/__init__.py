"""A comparison for a terminal, a spreadsheet, a program or a manuscript."""
