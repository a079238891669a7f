"""The messages the inbox kept, read back for its pages."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from functools import cached_property
from pathlib import Path

from django.conf import settings

NAME = re.compile(r"\d{10,25}")


@dataclass(frozen=True)
class Kept:
    """One message in the inbox's folder."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def received(self) -> datetime:
        return datetime.fromtimestamp(int(self.name) / 1e9, tz=UTC)

    @cached_property
    def headers(self) -> EmailMessage:
        with self.path.open("rb") as file:
            return BytesHeaderParser(policy=policy.default).parse(file)

    @cached_property
    def message(self) -> EmailMessage:
        with self.path.open("rb") as file:
            return BytesParser(policy=policy.default).parse(file)

    @cached_property
    def to(self) -> str:
        """Who it was really for: the first line, which the inbox wrote, so that thousands are looked through soon."""
        with self.path.open("rb") as file:
            name, _, value = file.readline().decode(errors="replace").partition(":")
        return value.strip() if name == "X-Envelope-To" else ""

    @property
    def sender(self) -> str:
        return str(self.headers["From"] or "")

    @property
    def subject(self) -> str:
        return str(self.headers["Subject"] or "(no subject)")

    @property
    def text(self) -> str:
        return self._part("text/plain")

    @property
    def html(self) -> str:
        return self._part("text/html")

    @property
    def calendar(self) -> str:
        return self._part("text/calendar")

    @property
    def attachments(self) -> list[str]:
        return [part.get_filename() or part.get_content_type() for part in self.message.iter_attachments()]

    def _part(self, kind: str) -> str:
        for part in self.message.walk():
            if part.get_content_type() == kind:
                payload = part.get_payload(decode=True)
                return (
                    payload.decode(part.get_content_charset() or "utf-8", "replace")
                    if isinstance(payload, bytes)
                    else ""
                )
        return ""


def newest_first() -> list[Kept]:
    """Every kept message."""
    return [Kept(path) for path in sorted(_folder().glob("*.eml"), reverse=True)]


def by_person(messages: list[Kept]) -> dict[str, int]:
    """How many messages each address got, those who got one last first."""
    return dict(Counter(each.to for each in messages if each.to))


def find(name: str) -> Kept | None:
    path = _folder() / f"{name}.eml"
    return Kept(path) if NAME.fullmatch(name) and path.is_file() else None


def _folder() -> Path:
    return settings.VAR_DIR / "inbox"
