"""A small load generator: a number of kept-open connections, each sending its next request when the last answer is whole.

    python -m bench.load http://127.0.0.1:8000/meetings/bench-000/ --at-once 8 --seconds 5

One process and raw sockets, so that it takes little of the machine it measures.
"""

import argparse
import selectors
import socket
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

TIMEOUT = 10  # seconds without any answer


@dataclass
class Result:
    """What came back, and how long each answer took (seconds)."""

    answers: int = 0
    not_200: int = 0
    bytes: int = 0
    seconds: float = 0.0
    times: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return self.answers / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds within which that share of answers came."""
        return 1000 * sorted(self.times)[int(share * (len(self.times) - 1))]


class Line:
    """One kept-open connection."""

    def __init__(self, host: str, port: int, request: bytes) -> None:
        self.address, self.request = (host, port), request
        self.open()

    def open(self) -> None:
        self.socket = socket.create_connection(self.address, timeout=TIMEOUT)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self) -> None:
        self.started, self.got, self.wanted = time.perf_counter(), b"", 0
        self.socket.sendall(self.request)

    def receive(self) -> bool:
        """Reads what is there; returns whether the answer is whole. Raises ConnectionError when hung up on."""
        piece = self.socket.recv(262_144)
        if not piece:
            raise ConnectionResetError
        self.got += piece
        if not self.wanted and (end := self.got.find(b"\r\n\r\n")) >= 0:
            head = self.got[:end].lower()
            self.wanted = end + 4 + int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        return 0 < self.wanted <= len(self.got)


def run(url: str, *, at_once: int = 8, seconds: float = 5.0, headers: str = "") -> Result:
    """Returns what `at_once` visitors got in `seconds`. Raises TimeoutError when nothing answers."""
    where = urlsplit(url)
    path = where.path + (f"?{where.query}" if where.query else "")
    request = f"GET {path} HTTP/1.1\r\nHost: {where.netloc}\r\n{headers}\r\n".encode()
    result, selector = Result(), selectors.DefaultSelector()
    for _ in range(at_once):
        line = Line(where.hostname, where.port, request)
        selector.register(line.socket, selectors.EVENT_READ, line)
        line.send()
    started = time.perf_counter()
    until = started + seconds
    while time.perf_counter() < until:
        ready = selector.select(TIMEOUT)
        if not ready:
            raise TimeoutError(f"{url} has not answered for {TIMEOUT} s")
        for key, _ in ready:
            _take(key.data, selector, result)
    result.seconds = time.perf_counter() - started
    for key in list(selector.get_map().values()):
        key.data.socket.close()
    return result


def _take(line: Line, selector: selectors.BaseSelector, result: Result) -> None:
    try:
        if not line.receive():
            return
    except ConnectionError:  # the server closed a kept line: a new one, as a browser would
        selector.unregister(line.socket)
        line.socket.close()
        line.open()
        selector.register(line.socket, selectors.EVENT_READ, line)
        line.send()
        return
    result.answers += 1
    result.not_200 += not line.got.startswith(b"HTTP/1.1 200")
    result.bytes += len(line.got)
    result.times.append(time.perf_counter() - line.started)
    if b"connection: close" in line.got[:2000].lower():
        selector.unregister(line.socket)
        line.socket.close()
        line.open()
        selector.register(line.socket, selectors.EVENT_READ, line)
    line.send()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--at-once", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=5.0)
    given = parser.parse_args()
    result = run(given.url, at_once=given.at_once, seconds=given.seconds)
    size = result.bytes / max(result.answers, 1)
    print(f"{result.per_second:,.0f} answers/s of {size:,.0f} bytes, {result.not_200} not 200")
    print(f"half within {result.percentile(0.5):.1f} ms, 99 % within {result.percentile(0.99):.1f} ms")


if __name__ == "__main__":
    main()
