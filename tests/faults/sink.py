"""A mail server in a process of its own: accepts everything, and writes down who got which message.

    python tests/faults/sink.py PORT LOG [DELAY_MS]

Each accepted message is one line of LOG, "Message-ID<tab>recipient<tab>seconds since 1970", written before the client
is answered.
"""

import asyncio
import signal
import sys
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP


class Ledger:
    """aiosmtpd's handler: one line for each message."""

    def __init__(self, log: Path, delay: float) -> None:
        self.log, self.delay = log.open("a", buffering=1), delay

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        head = envelope.content.split(b"\r\n\r\n", 1)[0].decode("ascii")
        message_id = next(line.split(":", 1)[1].strip() for line in head.splitlines() if line.startswith("Message-ID:"))
        for recipient in envelope.rcpt_tos:
            self.log.write(f"{message_id}\t{recipient}\t{time.time()}\n")
        if self.delay:
            await asyncio.sleep(self.delay)
        return "250 Accepted"


async def main(port: int, log: Path, delay: float) -> None:
    handler, loop, stop = Ledger(log, delay), asyncio.get_running_loop(), asyncio.Event()
    server = await loop.create_server(lambda: SMTP(handler, hostname="sink"), "127.0.0.1", port)
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    print("ready", flush=True)  # noqa: T201 - whoever started it waits for this line
    await stop.wait()
    server.close()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]) / 1000 if len(sys.argv) > 3 else 0))
