"""Workbooks: which sheet is of which kind, its rows; templates, tables and replies out."""
