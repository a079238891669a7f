"""Which mailboxes the portal reads, and that it makes sure whose they are."""

import datetime as dt
import ipaddress
import os
import select
import socket
import ssl
import subprocess
import sys
import threading
from contextlib import suppress

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from partnership.local.services.places import BASE_DIR
from partnership.outbox.imap import Mailbox, MailboxError, opened


def test_address_of_a_mailbox_is_taken_apart():
    found = Mailbox.at("imaps://portal%40example.org:a%2Fb%3A@mail.example.org/Mail/Returned%20mail")
    assert (found.host, found.port, found.user, found.password) == (
        "mail.example.org",
        993,
        "portal@example.org",
        "a/b:",
    )
    assert (found.folder, found.encrypted) == ("Mail/Returned mail", True)
    assert "a/b:" not in f"{found} {found!r}"
    assert Mailbox.at("imap://u:p@127.0.0.1").port == 143
    assert Mailbox.at("imap://u:p@localhost:1143/").folder == "INBOX"
    assert Mailbox.at("imap://u:p@[::1]/").host == "::1"


@pytest.mark.parametrize(
    "url",
    [
        "imap://user:secret@mail.example.org/INBOX",
        "imap://user:secret@10.0.0.1/INBOX",
        "imap://user:secret@localhost.example.org/INBOX",
        "pop3://user:secret@mail.example.org/",
        "imaps://mail.example.org/INBOX",
        "imaps://user@mail.example.org/INBOX",
        "imaps://user:secret@/INBOX",
        "imaps://user:secret@mail.example.org:port/INBOX",
        "imaps://user:secret%0D%0AX@mail.example.org/INBOX",
        "imaps://user:secret@mail.example.org/Zur%C3%BCck",
        "imaps://user:secret@mail.example.org/a%0Ab",
        "imaps://user:secret@[mail/",
        "secret",
    ],
)
def test_address_that_cannot_be_one_is_refused_without_repeating_it(url):
    with pytest.raises(ValueError, match="MAILBOX_URL") as refused:
        Mailbox.at(url)
    assert "secret" not in str(refused.value)


def test_portal_does_not_start_with_a_mailbox_it_may_not_read():
    environment = os.environ | {"MAILBOX_URL": "imap://user:secret@mail.example.org/INBOX"}
    command = [sys.executable, "-c", "import partnership.settings"]
    started = subprocess.run(command, cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert "ImproperlyConfigured: MAILBOX_URL may use imap:// only on this machine" in started.stderr
    assert "secret" not in started.stderr


def test_clock_reads_the_mailbox_only_where_there_is_one():
    ask = "import partnership.settings as s; print([e['schedule'] for n, e in s.CELERY_BEAT_SCHEDULE.items() if 'returned' in n])"
    for url, answer in (("", "[]"), ("imaps://u:p@mail.example.org/INBOX", "[120]")):
        environment = os.environ | {"MAILBOX_URL": url}
        said = subprocess.run(
            [sys.executable, "-c", ask], cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=True
        )
        assert said.stdout.strip() == answer


def certificate(folder) -> str:
    """A certificate for 127.0.0.1 that nobody has signed but itself, with its key."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    day, now = dt.timedelta(days=1), dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - day, now + day)
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = made.add_extension(here, critical=True)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(
        key, hashes.SHA256()
    )
    path, plain = folder / "certificate.pem", serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return str(path)


@pytest.fixture
def sealed(imap_port, tmp_path):
    """(port, certificate) of the same IMAP server behind TLS."""
    path = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    door = socket.create_server(("127.0.0.1", 0))

    def pass_on(inner, outer):
        """Both ways in one thread: OpenSSL does not let two use a connection at once."""
        other = {inner: outer, outer: inner}
        with suppress(OSError), inner, outer:
            while True:
                for source in [inner] if inner.pending() else select.select([inner, outer], [], [])[0]:
                    piece = source.recv(65536)
                    if not piece:
                        return
                    other[source].sendall(piece)

    def serve():
        while True:
            try:
                plain, _ = door.accept()
                inner = context.wrap_socket(plain, server_side=True)
            except ssl.SSLError:
                continue
            except OSError:
                return
            outer = socket.create_connection(("127.0.0.1", imap_port))
            threading.Thread(target=pass_on, args=(inner, outer), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    yield door.getsockname()[1], path
    door.close()


def test_mailbox_needs_tls_from_a_server_with_a_valid_certificate(sealed, returns, monkeypatch):
    port, path = sealed
    mailbox = Mailbox.at(returns.url.replace("imap://", "imaps://").replace(f":{returns.port}/", f":{port}/"))
    with pytest.raises(MailboxError, match="CERTIFICATE_VERIFY_FAILED"), opened(mailbox):
        pass
    monkeypatch.setenv("SSL_CERT_FILE", path)
    with opened(mailbox) as conversation:
        assert conversation.unread(0) == []
    elsewhere = Mailbox.at(f"imaps://u:p@localhost:{port}/")
    with pytest.raises(MailboxError, match="CERTIFICATE_VERIFY_FAILED"), opened(elsewhere):
        pass
