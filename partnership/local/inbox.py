"""A mail server that keeps every message as a file under `var/inbox` and passes none on."""

import signal
import sys
import threading
import time
from pathlib import Path

from aiosmtpd.controller import Controller

from partnership.local.services.places import Places

KEPT = 5000  # messages


class Keeper:
    """Writes what arrives. The envelope's address is kept as a header: it is who the email was really for."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's own name for the hook
        name = f"{time.time_ns()}"
        to = ", ".join(envelope.rcpt_tos).replace("\r", "").replace("\n", "")
        draft = self.folder / f"{name}.part"
        draft.write_bytes(f"X-Envelope-To: {to}\r\n".encode() + envelope.original_content)
        draft.rename(self.folder / f"{name}.eml")
        return "250 Kept"


def forget_old(folder: Path) -> None:
    """Removes all except the newest messages."""
    for path in sorted(folder.glob("*.eml"))[:-KEPT]:
        path.unlink()


def main() -> None:
    port, places = int(sys.argv[1]), Places(Path(sys.argv[2]))
    folder = places.var / "inbox"
    controller = Controller(Keeper(folder), hostname="127.0.0.1", port=port)
    controller.start()
    places.inbox_url.write_text(f"smtp://127.0.0.1:{port}")
    forget_old(folder)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    ended.wait()
    places.inbox_url.unlink(missing_ok=True)
    controller.stop()


if __name__ == "__main__":
    main()
