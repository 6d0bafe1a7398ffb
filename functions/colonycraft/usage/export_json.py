"""Reports as the APIs of OpenAI and Anthropic answer them: a page of buckets, or several."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, ClassVar, cast

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from colonycraft.usage.export_rows import (
    LARGEST_COUNT,
    LARGEST_DOLLARS,
    LAST_SECOND,
    Export,
    Row,
    export,
    is_in_dollars,
    line_item,
    name_of,
    number,
    wrong,
)


class _Part(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="ignore", frozen=True)


_FIRST, _LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
Count = Annotated[int, Field(ge=0, le=LARGEST_COUNT)]
Amount = Annotated[
    Decimal, Field(ge=-LARGEST_DOLLARS * 100, le=LARGEST_DOLLARS * 100, allow_inf_nan=False)
]


class _OpenAIAmount(_Part):
    value: Amount
    currency: str = "usd"


class _OpenAIResult(_Part):
    amount: _OpenAIAmount | None = None
    line_item: str | None = None
    model: str | None = None
    input_tokens: Count | None = None
    output_tokens: Count | None = None


class _OpenAIBucket(_Part):
    start_time: Annotated[int, Field(ge=0, le=LAST_SECOND)]
    results: list[_OpenAIResult]


class _CacheCreation(_Part):
    ephemeral_1h_input_tokens: Count = 0
    ephemeral_5m_input_tokens: Count = 0


class _AnthropicResult(_Part):
    """`amount` is in cents."""

    amount: Amount | None = None
    currency: str | None = "USD"
    description: str | None = None
    model: str | None = None
    uncached_input_tokens: Count | None = None
    cache_creation: _CacheCreation | None = None
    cache_read_input_tokens: Count | None = 0
    output_tokens: Count | None = None


class _AnthropicBucket(_Part):
    starting_at: Annotated[AwareDatetime, Field(ge=_FIRST, lt=_LAST)]
    results: list[_AnthropicResult]


class _Page[Bucket: _Part](_Part):
    data: list[Bucket]
    has_more: bool = False


class _Pages[Bucket: _Part](_Part):
    pages: list[_Page[Bucket]]


def read_json(text: str) -> Export:
    try:
        loaded: object = json.loads(
            text, parse_float=number, parse_int=_whole, parse_constant=number
        )
    except json.JSONDecodeError as error:
        raise wrong("report-not-json", line=error.lineno) from error
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise wrong("report-unreadable") from error
    pages = cast(list[object], loaded) if isinstance(loaded, list) else [loaded]
    names = _bucket_names(pages)
    try:
        if "starting_at" in names:
            return _anthropic(_Pages[_AnthropicBucket].model_validate({"pages": pages}).pages)
        if "start_time" in names:
            return _openai(_Pages[_OpenAIBucket].model_validate({"pages": pages}).pages)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"][1:])
        raise wrong("report-page", message=f"Page {place}: {first['msg']}.", page=place) from error
    raise wrong("report-no-buckets")


def _whole(text: str) -> int:
    return int(number(text))


def _bucket_names(pages: Iterable[object]) -> set[str]:
    for page in pages:
        data: object = cast(dict[str, object], page).get("data") if isinstance(page, dict) else None
        for bucket in cast(list[object], data) if isinstance(data, list) else ():
            if isinstance(bucket, dict):
                return set(cast(dict[str, object], bucket))
    return set()


def _openai(pages: Sequence[_Page[_OpenAIBucket]]) -> Export:
    rows: list[Row] = []
    days: set[str] = set()
    costs = False
    for place, bucket in _numbered(pages):
        day = datetime.fromtimestamp(bucket.start_time, UTC).date().isoformat()
        days.add(day)
        for one in bucket.results:
            if one.amount is not None:
                costs = True
                if not is_in_dollars(one.amount.currency):
                    raise wrong("report-page-currency", page=place)
                rows.append(Row(day, line_item(one.line_item), one.amount.value))
            elif one.input_tokens is not None or one.output_tokens is not None:
                model = name_of(one.model)
                rows.append(Row(day, model, None, one.input_tokens or 0, one.output_tokens or 0))
    complete = not (pages and pages[-1].has_more)
    return export("openai", "costs" if costs else "usage", complete, days, rows)


def _anthropic(pages: Sequence[_Page[_AnthropicBucket]]) -> Export:
    rows: list[Row] = []
    days: set[str] = set()
    costs = False
    for place, bucket in _numbered(pages):
        at = bucket.starting_at
        day = at.astimezone(UTC).date().isoformat()
        days.add(day)
        for one in bucket.results:
            if one.amount is not None:
                costs = True
                if not is_in_dollars(one.currency or "USD"):
                    raise wrong("report-page-currency", page=place)
                rows.append(Row(day, name_of(one.model or one.description), one.amount / 100))
            elif one.uncached_input_tokens is not None or one.output_tokens is not None:
                written = one.cache_creation or _CacheCreation()
                into = (
                    (one.uncached_input_tokens or 0)
                    + written.ephemeral_1h_input_tokens
                    + written.ephemeral_5m_input_tokens
                    + (one.cache_read_input_tokens or 0)
                )
                rows.append(Row(day, name_of(one.model), None, into, one.output_tokens or 0))
    complete = not (pages and pages[-1].has_more)
    return export("anthropic", "costs" if costs else "usage", complete, days, rows)


def _numbered[Bucket: _Part](
    pages: Sequence[_Page[Bucket]],
) -> Iterator[tuple[str, Bucket]]:
    for number_of_page, page in enumerate(pages):
        for number_of_bucket, bucket in enumerate(page.data):
            yield f"{number_of_page}.data.{number_of_bucket}", bucket
