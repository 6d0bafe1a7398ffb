"""Keys as they cross the door."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from colonycraft.platform.operations import Id, Model
from colonycraft.usage.budgets import LARGEST
from colonycraft.usage.models import NamedPerson
from colonycraft.usage.periods import Period

MOST_MODELS = 20
LONGEST_DAYS = 365

KeyId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{20}$")]
KeyName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Pattern = Annotated[str, StringConstraints(pattern=r"^[!-~]{1,200}$")]


class KeyBudget(Model):
    """What a key may take beside what its person may: micro-dollars, tokens or requests."""

    limit: Annotated[int, Field(ge=1, le=LARGEST)]
    unit: Literal["USD", "tokens", "requests"]
    period: Period


class CreateKey(Model):
    """`days` until it expires. `models` are patterns for connection/model, None: all that the
    person may ask. The same request twice makes one key, whose secret is told once."""

    request_id: Id
    name: KeyName
    days: Annotated[int, Field(ge=1, le=LONGEST_DAYS)] = 90
    budget: KeyBudget | None = None
    models: Annotated[list[Pattern], Field(min_length=1, max_length=MOST_MODELS)] | None = None


class KeyView(Model):
    """A key without its secret. Times are ISO 8601, `last_used_day` a day of TIME_ZONE. `used` is
    what is used of its budget in this period, with what is reserved."""

    id: str
    name: str
    prefix: str
    created_at: str
    expires_at: str
    expired: bool
    last_used_day: str | None
    models: list[str] | None
    budget: KeyBudget | None
    used: int | None


class CreatedKey(Model):
    """`token` is the whole key. It is stored nowhere, and told only here."""

    key: KeyView
    token: str


class KeyList(Model):
    """`allowed`: keys work in this workspace. `most` is how many a person can have."""

    keys: list[KeyView]
    allowed: bool
    most: int


class ListAllKeys(Model):
    """`after` is the last key of the page before."""

    after: KeyId | None = None


class OwnedKey(Model):
    key: KeyView
    owner: NamedPerson


class AllKeys(Model):
    """The newest first. `more`: there are others after these."""

    keys: list[OwnedKey]
    more: bool


MOST_NAMED = 100


class NameKeys(Model):
    key_ids: Annotated[list[KeyId], Field(max_length=MOST_NAMED)]


class NamedKey(Model):
    id: str
    name: str
    revoked: bool
    owner: NamedPerson


class NamedKeys(Model):
    """Those that are the caller's, or for an administrator anybody's; others are left out."""

    keys: list[NamedKey]


class RevokeKey(Model):
    key_id: KeyId


class RevokedKey(Model):
    key_id: str
