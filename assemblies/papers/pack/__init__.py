"""The pack of a meeting: every paper in one PDF, with contents, bookmarks, links and one numbering of its pages.

Pure functions: no database, no Django. `parts` says what goes in, `build.build` makes the file in a process of its own.
"""
