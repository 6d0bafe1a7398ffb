"""The functions as they are served everywhere, but verifying tokens by the bench's certificate."""

import os

from firebase_admin import _token_gen

_token_gen.ID_TOKEN_CERT_URI = os.environ["BENCH_CERTIFICATES"]

from serve import app  # noqa: E402 - the address must be there before the first token is verified

__all__ = ["app"]
