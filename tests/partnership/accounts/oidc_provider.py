"""A small OpenID Connect provider on this machine: it signs with a key of its own, over real HTTP."""

import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa


@dataclass
class Provider:
    """`person` is who signs in: the claims about them. `asked` are the paths somebody asked for."""

    person: dict = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    client_id: str = "portal"
    secret: str = "shared-with-the-portal"
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    says_it_is: str = ""
    url: str = ""

    def configuration(self) -> dict:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def id_token(self) -> str:
        now = int(time.time())
        claims = {"iss": self.says_it_is or self.url, "aud": self.client_id, "iat": now, "exp": now + 60}
        return jwt.encode(claims | self.person, self.key, algorithm="RS256", headers={"kid": "one"})


def serve() -> tuple[Provider, ThreadingHTTPServer]:
    """Returns the provider and its server, which runs until `shutdown`."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            provider.asked.append(address.path)
            asked = {name: values[0] for name, values in parse_qs(address.query).items()}
            if address.path == "/authorize":
                code = secrets.token_urlsafe()
                provider.codes[code] = asked["redirect_uri"]
                self.send_response(302)
                self.send_header(
                    "Location", f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
                )
                self.end_headers()
            elif address.path == "/userinfo":
                self.answer(provider.person)
            else:
                self.answer(provider.configuration())

        def do_POST(self) -> None:
            provider.asked.append(self.path)
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            known = sent["client_secret"] == [provider.secret] and provider.codes.pop(sent["code"][0], "")
            if not known or not sent.get("code_verifier"):
                self.answer({"error": "invalid_grant"}, 400)
                return
            self.answer({"access_token": "a", "token_type": "Bearer", "id_token": provider.id_token()})

        def answer(self, content: dict, status: int = 200) -> None:
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args) -> None:
            """Writes no log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return provider, server
