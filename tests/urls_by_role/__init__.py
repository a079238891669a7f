"""The table of every address × every role, in parts by what the pages are about.

A row says how the address is asked for and what each role gets, in the order of `ROLES`. What a role may not know to
exist is 404; what it may know but lacks the role for is 403; 302 leads somewhere else, to sign-in where nobody is
signed in. 405: only the other method is served there. Rows are in the order of the alphabet, one line each.
"""

from tests.urls_by_role import assemblies, decided, papers, partnership, places

PARTS = (assemblies.ROWS, decided.ROWS, papers.ROWS, partnership.ROWS, places.ROWS)
EXPECTED = {name: row for part in PARTS for name, row in part.items()}
