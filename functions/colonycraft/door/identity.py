"""Who is calling: the bearer token, the App Check token, and the person they stand for."""

from flask import Request

from colonycraft.errors import Unauthenticated
from colonycraft.platform.identity import verify_app, verify_token
from colonycraft.platform.operations import Caller
from colonycraft.platform.settings import settings


def identify(request: Request, correlation_id: str, *, streamed: bool) -> Caller:
    """Raises Unauthenticated without a good token, or without App Check's where it is enforced."""
    if settings().app_check:
        app_token = request.headers.get("X-Firebase-AppCheck")
        if not app_token:
            raise Unauthenticated("This request does not come from the app.")
        verify_app(app_token)
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated("Sign in first.")
    claims = verify_token(token)
    uid: str = claims["uid"]
    return Caller(
        uid=uid,
        org_id=f"personal-{uid}",
        name=claims.get("name"),
        email=claims.get("email"),
        correlation_id=correlation_id,
        streamed=streamed,
    )
