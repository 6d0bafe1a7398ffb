"""Who is calling: the bearer token or key, the App Check token, and the person they stand for."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from flask import Request

from colonycraft import keys
from colonycraft.errors import PermissionDenied, Unauthenticated
from colonycraft.platform.identity import claims_of, verify_app, verify_token
from colonycraft.platform.operations import ROLES, Caller, Role, mailbox_of
from colonycraft.platform.settings import settings

MOST_GROUPS, LONGEST_GROUP = 50, 64


def identify(request: Request, correlation_id: str, *, streamed: bool, by_key: bool) -> Caller:
    """`by_key`: a key may do this. Raises Unauthenticated without a good token or key, or, for who
    signs in, without App Check's where it is enforced; PermissionDenied for a key that may not."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    is_bearer = scheme.lower() == "bearer" and token != ""
    if is_bearer and keys.is_key(token):
        if not by_key:
            raise PermissionDenied("key-may-not")
        key = keys.verify(token)
        return replace(_caller(claims_of(key.owner_id), correlation_id, streamed), key=key.id)
    if settings().app_check:
        app_token = request.headers.get("X-Firebase-AppCheck")
        if not app_token:
            raise Unauthenticated("not-the-app")
        verify_app(app_token)
    if not is_bearer:
        raise Unauthenticated("signed-out")
    return _caller(verify_token(token), correlation_id, streamed)


def _caller(claims: Mapping[str, Any], correlation_id: str, streamed: bool) -> Caller:
    uid: str = claims["uid"]
    return Caller(
        uid=uid,
        org_id=f"personal-{uid}",
        name=claims.get("name"),
        email=claims.get("email"),
        correlation_id=correlation_id,
        streamed=streamed,
        role=role_of(claims),
        groups=groups_of(claims),
        mailbox=mailbox_of(email) if (email := _verified_email(claims)) else None,
    )


def role_of(claims: Mapping[str, Any]) -> Role:
    """Who signs in anonymously is a guest, whatever else is said. An administrator is named by the
    setting ADMINISTRATORS, or by the custom claim `role`, which only the Admin SDK can set."""
    sign_in: object = claims.get("firebase")
    if isinstance(sign_in, dict):
        provider = cast(dict[str, object], sign_in).get("sign_in_provider")
        if provider == "anonymous":
            return "guest"
    if _verified_email(claims) in settings().administrators:
        return "admin"
    claimed: object = claims.get("role")
    for role in ROLES:
        if role == claimed:
            return role
    return "member"


def groups_of(claims: Mapping[str, Any]) -> tuple[str, ...]:
    """The custom claim `groups`; what is no short text in it is passed over."""
    claimed: object = claims.get("groups")
    if not isinstance(claimed, list):
        return ()
    names = [
        one
        for one in cast(list[object], claimed)[:MOST_GROUPS]
        if isinstance(one, str) and 0 < len(one) <= LONGEST_GROUP
    ]
    return tuple(dict.fromkeys(names))


def _verified_email(claims: Mapping[str, Any]) -> str | None:
    """In small letters. An address that is not verified may be anybody's."""
    email: object = claims.get("email")
    if claims.get("email_verified") is not True or not isinstance(email, str):
        return None
    return email.lower()
