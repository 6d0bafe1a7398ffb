"""How long a provider asks to wait, in whichever of their many ways it says so."""

import math
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from colonycraft.llm.port import Allowance, Remaining

_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_IN_TEXT = re.compile(
    r"(?:try again|retry) (?:in|after) ((?:\d+(?:\.\d+)?(?:ms|[smhd])\s?)+)", re.IGNORECASE
)
_IN_WORDS = re.compile(
    r"(?:try again|retry) (?:in|after) (\d+(?:\.\d+)?)\s*(milliseconds?|seconds?|minutes?|hours?)",
    re.IGNORECASE,
)
_WORDS = {"milliseconds": 0.001, "seconds": 1.0, "minutes": 60.0, "hours": 3600.0}
_LIMITS = ("requests", "tokens", "input-tokens", "output-tokens")
_RESET_HEADERS = (
    *(f"x-ratelimit-reset-{limit}" for limit in _LIMITS),
    *(f"anthropic-ratelimit-{limit}-reset" for limit in _LIMITS),
    "x-ratelimit-reset",
)
_REQUESTS = ("x-ratelimit-remaining-requests", "anthropic-ratelimit-requests-remaining",
             "x-ratelimit-remaining-req-minute", "x-ratelimit-remaining")  # fmt: skip
_TOKENS = ("x-ratelimit-remaining-tokens", "anthropic-ratelimit-tokens-remaining",
           "x-ratelimit-remaining-input-tokens", "anthropic-ratelimit-input-tokens-remaining",
           "x-ratelimit-remaining-tokens-minute")  # fmt: skip
_MINUTE = 60.0


def retry_after(
    headers: Mapping[str, str],
    text: str = "",
    *,
    limits: bool = True,
    now: float | None = None,
) -> float | None:
    """Seconds to wait, or None when nothing usable is said.

    Reads `Retry-After` (seconds or a date) and `retry-after-ms`, taking the longer; without them
    the text ("Please try again in 18.642s"); without that, with `limits`, the reset of a limit that
    is used up.
    Junk, the past and negative numbers say nothing; a long wait is returned as it is.
    """
    now = time.time() if now is None else now
    stated = [
        _seconds_or_date(headers.get("retry-after", ""), now),
        _scaled(headers.get("retry-after-ms", ""), 0.001),
    ]
    usable = [seconds for seconds in stated if seconds is not None]
    if usable:
        return max(usable)
    spoken = _from_text(text)
    if spoken is not None:
        return spoken
    return _from_limits(headers, now) if limits else None


def limited_for(headers: Mapping[str, str], *, now: float | None = None) -> float | None:
    """Seconds until the resets of those limits of which the headers say that nothing remains; None
    when there is no such limit. For an answer that was given: the next one would be refused."""
    now = time.time() if now is None else now
    return _from_limits(headers, now, used_up=("0",))


def remaining(headers: Mapping[str, str], *, now: float | None = None) -> Remaining | None:
    """What the headers say that remains of the limits on requests and on tokens of a prompt, and
    how long that holds; of several limits the one of which the least is left. None where they say
    nothing of either."""
    now = time.time() if now is None else now
    told = Remaining(_least(headers, _REQUESTS, now), _least(headers, _TOKENS, now))
    return told if told.requests or told.tokens else None


def _least(headers: Mapping[str, str], names: tuple[str, ...], now: float) -> Allowance | None:
    found: list[Allowance] = []
    for name in names:
        left = headers.get(name, "").strip()
        if not (left.isascii() and left.isdigit() and len(left) < 16):
            continue
        reset = headers.get(name.replace("remaining", "reset"), "").strip()
        seconds = _reset(reset, now)
        if seconds is None and not reset and name.endswith("-minute") and int(left):
            seconds = _MINUTE
        if seconds is not None:
            found.append(Allowance(int(left), seconds))
    return min(found, key=lambda one: one.left, default=None)


def _scaled(value: str, unit: float) -> float | None:
    try:
        seconds = float(value.strip()) * unit
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def _seconds_or_date(value: str, now: float) -> float | None:
    value = value.strip()
    if not value:
        return None
    seconds = _scaled(value, 1.0)
    if seconds is not None:
        return seconds
    duration = _duration(value)
    return duration if duration is not None else _until(value, now)


def _until(value: str, now: float) -> float | None:
    """Seconds until an HTTP date or an ISO 8601 time; None when it is past or is neither."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        try:
            moment = parsedate_to_datetime(value)
        except (ValueError, TypeError, IndexError):
            return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        seconds = moment.timestamp() - now
    except (OverflowError, ValueError):
        return None
    return seconds if seconds >= 0 else None


def _duration(value: str) -> float | None:
    """Go's notation, as OpenAI and Groq write it: "120ms", "18.642s", "6m0s", "1h2m3s"."""
    value = value.replace(" ", "").lower()
    parts = _DURATION.findall(value)
    if not parts or "".join(number + unit for number, unit in parts) != value:
        return None
    return sum(float(number) * _UNITS[unit] for number, unit in parts)


def _from_text(text: str) -> float | None:
    if found := _IN_TEXT.search(text):
        return _duration(found[1])
    if found := _IN_WORDS.search(text):
        return float(found[1]) * _WORDS[found[2].lower().rstrip("s") + "s"]
    return None


def _from_limits(
    headers: Mapping[str, str], now: float, used_up: tuple[str, ...] = ("0", "")
) -> float | None:
    """The longest reset of those limits that have nothing left."""
    waits: list[float] = []
    for name in _RESET_HEADERS:
        reset = headers.get(name, "").strip()
        remaining = headers.get(name.replace("reset", "remaining"), "").strip()
        if not reset or remaining not in used_up:
            continue
        seconds = _reset(reset, now)
        if seconds is not None:
            waits.append(seconds)
    return max(waits) if waits else None


def _reset(reset: str, now: float) -> float | None:
    """Seconds until a reset, however it is written; None when it is past or is none."""
    seconds = _duration(reset)
    if seconds is None:
        seconds = _scaled(reset, 1.0)
        if seconds is not None and seconds > 1e9:  # a point in time, in seconds or milliseconds
            seconds = seconds / (1000.0 if seconds > 1e11 else 1.0) - now
    if seconds is None:
        seconds = _until(reset, now)
    return seconds if seconds is not None and seconds >= 0 else None
