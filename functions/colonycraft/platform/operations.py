"""How a feature declares what a caller can do. The door, the contract, the reference page and the
authorization tests are made from these declarations; no feature knows of the door.
"""

import hashlib
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import BaseModel, ConfigDict, JsonValue, StringConstraints, WithJsonSchema
from pydantic.alias_generators import to_camel

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
"""Made by the caller, at random; `crypto.randomUUID()` will do."""
ErrorDetails = Annotated[
    dict[str, JsonValue], WithJsonSchema({"type": "object", "tsType": "ErrorDetails"})
]
"""A reason of `reasons.py` and its parameters."""


class Model(BaseModel):
    """Base of what crosses the door: camel case outside, no unknown fields, no coercion."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        extra="forbid",
        strict=True,
        frozen=True,
        json_schema_serialization_defaults_required=True,
    )


class Empty(Model):
    """An operation that needs or gives nothing."""


class Access(StrEnum):
    """Who may call an operation."""

    SIGNED_IN = "signed in"
    OWNER = "owner of the subject"
    ADMINISTRATOR = "administrators"


Role = Literal["admin", "member", "guest"]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Caller:
    """A verified person. `org_id` is the organisation that the request acts in.

    `mailbox` is the digest of the e-mail, where that is verified: it may be stored where the e-mail
    may not. `streamed` says whether this request reads events as they come. `key` is the id of the
    key that stands for the person, None where they have signed in.
    """

    uid: str
    org_id: str
    name: str | None = None
    email: str | None = None
    correlation_id: str = ""
    streamed: bool = False
    role: Role = "member"
    groups: tuple[str, ...] = ()
    mailbox: str | None = None
    key: str | None = None

    def stored(self) -> dict[str, Any]:
        """What a document keeps of who asked, for work that goes on without the request."""
        return {
            "orgId": self.org_id,
            "ownerId": self.uid,
            "caller": {"role": self.role, "groups": list(self.groups), "mailbox": self.mailbox},
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Caller":
        """Who asked, by a document; a member, where the document does not say more."""
        known = data.get("caller", {})
        return cls(
            uid=data["ownerId"],
            org_id=data["orgId"],
            role=known.get("role", "member"),
            groups=tuple(known.get("groups", ())),
            mailbox=known.get("mailbox"),
            key=data.get("keyId"),
        )


def mailbox_of(email: str) -> str:
    """The digest that stands for an e-mail, however it is capitalised."""
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()[:32]


UnaryHandler = Callable[[Caller, Any], BaseModel]
StreamedHandler = Callable[[Caller, Any], Generator[BaseModel, None, BaseModel]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing a caller can do.

    `name` is also its address: `api/<name>`, or the function of that name when `function` is set.
    `subject` is the input field that names what is acted on; the store answers NOT_FOUND for a
    foreign one. `by_key`: a key may call it as well as a sign-in. `event` is the type of a streamed
    operation's events; its handler is a generator that returns the output. `timeout` is in seconds,
    for the caller and the platform alike; `max_body` is in bytes, checked before any of it is
    parsed.
    """

    name: str
    summary: str
    handler: UnaryHandler | StreamedHandler
    input: type[BaseModel]
    output: type[BaseModel]
    access: Access = Access.SIGNED_IN
    by_key: bool = False
    subject: str | None = None
    event: Any = None
    function: str = "api"
    timeout: int = 60
    max_body: int = 1024 * 1024
    example: dict[str, Any] = field(default_factory=dict[str, Any])
    """A valid input, for the reference page and for the authorization tests."""

    @property
    def streamed(self) -> bool:
        return self.event is not None
