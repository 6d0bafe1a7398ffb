"""Periods turn over where their time zone says, also where clocks are changed."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonycraft.usage.periods import PERIODS, Period, day_of, span_of

BERLIN, NEW_YORK, KOLKATA, APIA = map(
    ZoneInfo, ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia")
)


def utc(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("period", "at", "zone", "start", "end"),
    [
        ("day", utc(2026, 11, 27, 23, 30), BERLIN, utc(2026, 11, 27, 23), utc(2026, 11, 28, 23)),
        # 23 hours, then 25
        ("day", utc(2026, 3, 29, 12), BERLIN, utc(2026, 3, 28, 23), utc(2026, 3, 29, 22)),
        ("day", utc(2026, 10, 25, 12), BERLIN, utc(2026, 10, 24, 22), utc(2026, 10, 25, 23)),
        ("day", utc(2026, 11, 1, 5, 30), NEW_YORK, utc(2026, 11, 1, 4), utc(2026, 11, 2, 5)),
        # Samoa had no 30 December 2011
        ("day", utc(2011, 12, 30, 9), APIA, utc(2011, 12, 29, 10), utc(2011, 12, 30, 10)),
        ("week", utc(2026, 11, 29, 22, 59), BERLIN, utc(2026, 11, 22, 23), utc(2026, 11, 29, 23)),
        ("month", utc(2026, 11, 30, 23, 0), BERLIN, utc(2026, 11, 30, 23), utc(2026, 12, 31, 23)),
        ("month", utc(2028, 2, 29), ZoneInfo("UTC"), utc(2028, 2, 1), utc(2028, 3, 1)),
        # an hour that comes twice is two
        ("hour", utc(2026, 10, 25, 0, 20), BERLIN, utc(2026, 10, 25, 0), utc(2026, 10, 25, 1)),
        ("hour", utc(2026, 10, 25, 1, 20), BERLIN, utc(2026, 10, 25, 1), utc(2026, 10, 25, 2)),
        # half an hour off
        (
            "hour",
            utc(2026, 1, 1, 0, 20),
            KOLKATA,
            utc(2025, 12, 31, 23, 30),
            utc(2026, 1, 1, 0, 30),
        ),
        (
            "minute",
            utc(2026, 1, 1, 0, 20, 59),
            KOLKATA,
            utc(2026, 1, 1, 0, 20),
            utc(2026, 1, 1, 0, 21),
        ),
        ("ever", utc(2026, 1, 1), BERLIN, None, None),
    ],
)
def test_span(
    period: Period, at: datetime, zone: ZoneInfo, start: datetime | None, end: datetime | None
) -> None:
    span = span_of(period, at, zone)
    assert (span.start, span.end) == (start, end)


ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe")


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.sampled_from(ZONES),
    st.sampled_from([one for one in PERIODS if one != "ever"]),
)
def test_spans_follow_each_other(at: datetime, zone_name: str, period: Period) -> None:
    zone = ZoneInfo(zone_name)
    span = span_of(period, at, zone)
    assert span.start is not None and span.end is not None
    assert span.start <= at < span.end
    tick = timedelta(microseconds=1)
    for moment in (span.start, span.end - tick):
        assert span_of(period, moment, zone) == span
    following = span_of(period, span.end, zone)
    assert following.start == span.end and following.key != span.key


def test_the_day_is_that_of_the_zone() -> None:
    assert day_of(utc(2026, 12, 31, 23, 30), BERLIN) == "2027-01-01"


def test_time_zones_are_known_where_the_system_has_none() -> None:
    code = "from zoneinfo import ZoneInfo; print(ZoneInfo('Europe/Berlin'), ZoneInfo('UTC'))"
    shown = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONTZPATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout == "Europe/Berlin UTC\n"
