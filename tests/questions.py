"""How many queries a page makes."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries(client, address: str) -> int:
    """Returns how many queries the page at the address makes when it is asked for the second time."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)
