"""The sign of life a worker leaves in Valkey and `/healthz` looks for. Valkey's client is loaded only where it is
used."""

from collections.abc import Callable

KEY = "portal:worker"
EVERY_SECONDS = 3
LASTS_SECONDS = 10
PATIENCE_SECONDS = 0.5


class BrokerAwayError(Exception):
    """Valkey did not answer."""


def signs_of_life(url: str) -> Callable[[], bool]:
    """A function that tells whether a worker gave a recent sign; it raises BrokerAwayError."""
    valkey, away = _connect(url)

    def seen() -> bool:
        try:
            return bool(valkey.get(KEY))
        except away as error:
            raise BrokerAwayError from error

    return seen


def pulse(url: str) -> Callable[[], None]:
    """A function that gives one sign of life; while the broker is away it does nothing."""
    valkey, away = _connect(url)

    def beat() -> None:
        try:
            valkey.set(KEY, "1", ex=LASTS_SECONDS)
        except away:
            return

    return beat


def _connect(url: str):
    import redis  # 0.1 s and 10 MB that a web process needs only once it is asked how it is

    client = redis.Redis.from_url(url, socket_connect_timeout=PATIENCE_SECONDS, socket_timeout=PATIENCE_SECONDS)
    return client, redis.RedisError
