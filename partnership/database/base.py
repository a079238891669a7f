"""Django's PostgreSQL connection, which finds out that it was closed without asking the server a question."""

import select
from typing import Any

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that is kept between requests, and knows which of our statements its server has worked out."""

    prepared: set[str]

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self.prepared = set()
        return super().get_new_connection(conn_params)

    def is_usable(self) -> bool:
        """Whether the connection can be used: after an error, or where the server has said something, we ask it.

        A server that stops or restarts closes the socket, and a closed socket can be read. One that is open and silent
        is as it was left. So a request saves a question and its answer, and still never meets a dead connection.
        """
        if self.connection is None or self.connection.closed:
            return False
        if self.errors_occurred or _has_something_to_read(self.connection):
            return super().is_usable()
        return True


def _has_something_to_read(connection: Any) -> bool:
    watch = select.poll()
    watch.register(connection.fileno(), select.POLLIN)
    return bool(watch.poll(0))
