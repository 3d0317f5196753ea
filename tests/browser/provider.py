"""A small OpenID Connect provider for tests: people to choose from, tokens right and wrong."""

import base64
import json
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

CLIENT, SECRET = "findings-tests", "a secret of the tests"
# Who can sign in, and how their tokens differ from a right one.
PEOPLE: Mapping[str, dict[str, Any]] = {
    "Rita Reader": {},
    "Robin Reader": {},
    "Eddie Editor": {"roles": ["editor"]},
    "Ada Administrator": {"email": "ada@example.org", "email_verified": True},
    "Una Unverified": {"email": "ada@example.org", "email_verified": False},
    "Wanda Wrong": {"aud": "another-program"},
    "Wilma Wrong": {"aud": "another-program", "azp": CLIENT},
    "Ivan Issuer": {"iss": "http://127.0.0.1:1"},
    "Xavier Expired": {"iat": time.time() - 9000, "exp": time.time() - 5400},
    "Olga Old": {"iat": time.time() - 13 * 3600},
    "Nora Nonce": {"nonce": "of another sign-in"},
    "Sam Signature": {"alg": "bad"},
    "Nick None": {"alg": "none"},
}


class Provider:
    """Keys, and the codes given out with whom they are for."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.codes: dict[str, tuple[str, str]] = {}
        self.address = ""

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "end_session_endpoint": f"{self.address}/leave",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def keys(self) -> dict[str, Any]:
        numbers = self.key.public_key().public_numbers()
        n, e = (
            encoded(value.to_bytes((value.bit_length() + 7) // 8, "big"))
            for value in (numbers.n, numbers.e)
        )
        return {"keys": [{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "1", "n": n, "e": e}]}

    def code(self, person: str, nonce: str) -> str:
        code = secrets.token_urlsafe(16)
        self.codes[code] = person, nonce
        return code

    def token(self, code: str) -> dict[str, Any]:
        person, nonce = self.codes.pop(code)
        now = time.time()
        claims: dict[str, Any] = {
            "iss": self.address, "sub": person.partition(" ")[0].lower(), "aud": CLIENT,
            "name": person, "iat": int(now), "exp": int(now + 600), "nonce": nonce,
            **PEOPLE[person],
        }  # fmt: skip
        kind = claims.pop("alg", "RS256")
        header = {"alg": "none" if kind == "none" else "RS256", "kid": "1", "typ": "JWT"}
        said = ".".join(encoded(json.dumps(each).encode()) for each in (header, claims))
        key = self.other if kind == "bad" else self.key
        signed = key.sign(said.encode(), padding.PKCS1v15(), hashes.SHA256())
        token = f"{said}.{'' if kind == 'none' else encoded(signed)}"
        return {"access_token": "x", "token_type": "Bearer", "expires_in": 600, "id_token": token}


def encoded(value: bytes) -> str:
    """Base64 as tokens have it."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


@contextmanager
def providing() -> Iterator[Provider]:
    """The provider, at an address of its own until the block ends."""
    provider = Provider()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            if parts.path == "/.well-known/openid-configuration":
                self.say(json.dumps(provider.metadata()))
            elif parts.path == "/keys":
                self.say(json.dumps(provider.keys()))
            elif parts.path == "/authorize":
                self.say(_choice(asked), "text/html")
            elif parts.path == "/chosen":
                code = provider.code(asked["person"], asked["nonce"])
                answer = urlencode({"code": code, "state": asked["state"]})
                self.lead(f"{asked['redirect_uri']}?{answer}")
            elif parts.path == "/refused":
                answer = urlencode({"error": "access_denied", "state": asked["state"]})
                self.lead(f"{asked['redirect_uri']}?{answer}")
            elif parts.path == "/leave":
                self.lead(asked["post_logout_redirect_uri"])
            else:
                self.send_error(404)

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            code = parse_qs(self.rfile.read(length).decode())["code"][0]
            self.say(json.dumps(provider.token(code)))

        def say(self, text: str, kind: str = "application/json") -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(text.encode())

        def lead(self, address: str) -> None:
            self.send_response(302)
            self.send_header("Location", address)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        provider.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()


def _choice(asked: Mapping[str, str]) -> str:
    kept = {name: asked[name] for name in ("redirect_uri", "state", "nonce")}
    links = [
        f'<p><a href="/chosen?{escape(urlencode({**kept, "person": person}))}">{person}</a></p>'
        for person in PEOPLE
    ]
    links.append(f'<p><a href="/refused?{escape(urlencode(kept))}">No thanks</a></p>')
    return f"<!doctype html><title>Who are you?</title>{''.join(links)}"


def write_secrets(folder: Path, provider: str, **instead: str) -> Path:
    """A `secrets.toml` that signs in at the provider; `instead` of its values, "" for none."""
    values = {
        "redirect_uri": "http://127.0.0.1:{port}/oauth2callback",
        "cookie_secret": secrets.token_hex(32),
        "client_id": CLIENT,
        "client_secret": SECRET,
        "server_metadata_url": f"{provider}/.well-known/openid-configuration",
        **instead,
    }
    lines = [f"{name} = {json.dumps(value)}" for name, value in values.items() if value]
    path = folder / "secrets.toml"
    path.write_text("\n".join(["[auth]", *lines, ""]), "utf-8")
    return path
