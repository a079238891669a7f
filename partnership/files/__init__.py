"""Uploaded files and spreadsheets: what a file is, the table in it, tables to download, a preview to confirm.

Imported by the child process that reads files (`python -m partnership.files.reader`), so nothing here loads Django.
"""
