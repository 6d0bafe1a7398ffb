"""Persons with real ID tokens: RS256, verified against a certificate that is served here."""

import base64
import json
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

_KEY_ID = "bench"


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in."""

    uid: str
    token: str


class People:
    """Signs people in as Firebase Auth does, with a key of its own.

    `certificates` is the address of what Google publishes for its own keys.
    """

    def __init__(self, project: str) -> None:
        self._project = project
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        published = json.dumps({_KEY_ID: _certificate(self._key)}).encode()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(published))
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def certificates(self) -> str:
        """Where the certificate is served."""
        return f"http://127.0.0.1:{self._server.server_port}/certificates"

    def sign_in(self, uid: str) -> Person:
        """A person whose token is good for an hour."""
        now = int(time.time())
        email = f"{uid}@example.test"
        claims = {
            "iss": f"https://securetoken.google.com/{self._project}",
            "aud": self._project,
            "auth_time": now - 60,
            "user_id": uid,
            "sub": uid,
            "iat": now - 60,
            "exp": now + 3600,
            "name": "A person of the bench",
            "email": email,
            "email_verified": True,
            "firebase": {"identities": {"email": [email]}, "sign_in_provider": "google.com"},
        }
        head = {"alg": "RS256", "kid": _KEY_ID, "typ": "JWT"}
        signed = f"{_encoded(json.dumps(head).encode())}.{_encoded(json.dumps(claims).encode())}"
        signature = self._key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        return Person(uid, f"{signed}.{_encoded(signature)}")

    def credentials(self, file: Path) -> Path:
        """A service account's key for the SDK, which insists on one and asks nobody with it."""
        private = self._key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        account = {
            "type": "service_account",
            "project_id": self._project,
            "private_key_id": _KEY_ID,
            "private_key": private.decode(),
            "client_email": f"bench@{self._project}.example.test",
            "token_uri": f"{self.certificates}/no-such-token",
        }
        file.write_text(json.dumps(account))
        return file

    def close(self) -> None:
        """Stop serving the certificate."""
        self._server.shutdown()


def _certificate(key: rsa.RSAPrivateKey) -> str:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "bench.example.test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def _handler(published: bytes) -> type[BaseHTTPRequestHandler]:
    class Certificates(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(published)))
            self.send_header("Cache-Control", "public, max-age=19000, must-revalidate")
            self.end_headers()
            self.wfile.write(published)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: the table is what a person reads."""

    return Certificates


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
