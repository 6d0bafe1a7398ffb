"""Reports as the dashboards of OpenAI and Anthropic export them: CSV, or a spreadsheet's copy."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from colonycraft.usage.export_rows import (
    LARGEST_COUNT,
    LARGEST_DOLLARS,
    LAST_SECOND,
    MOST_ROWS,
    Export,
    Kind,
    Row,
    export,
    is_in_dollars,
    line_item,
    name_of,
    number,
    wrong,
)

_ANTHROPIC_INPUT = (
    "usage_input_tokens_no_cache",
    "usage_input_tokens_cache_write",
    "usage_input_tokens_cache_write_5m",
    "usage_input_tokens_cache_write_1h",
    "usage_input_tokens_cache_read",
)
_OPENAI_TIMES = {"start_time", "end_time"}


def read_csv(text: str) -> Export:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    header: list[str] = []
    table: list[tuple[int, dict[str, str]]] = []
    try:
        for cells in lines:
            if not any(cells):
                continue
            if not header:
                header = [one.strip().lower() for one in cells]
                continue
            if len(cells) != len(header):
                raise wrong(
                    "report-columns", line=lines.line_num, found=len(cells), wanted=len(header)
                )
            if len(table) == MOST_ROWS:
                raise wrong("report-rows", most=MOST_ROWS)
            table.append((lines.line_num, dict(zip(header, cells, strict=True))))
    except csv.Error as error:
        raise wrong("report-not-csv", line=lines.line_num) from error
    names = set(header)
    if len(names) != len(header):
        raise wrong("report-column-twice")
    if {"usage_date_utc", "cost_usd"} <= names:
        return _anthropic_table("costs", table)
    if {"usage_date_utc", "usage_input_tokens_no_cache", "usage_output_tokens"} <= names:
        return _anthropic_table("usage", table)
    if {"start_time", "amount_value"} <= names:
        return _openai_table("costs", table)
    # A report of days without use has no columns but the times.
    if {"start_time", "input_tokens", "output_tokens"} <= names or (
        _OPENAI_TIMES <= names <= {*_OPENAI_TIMES, "start_time_iso", "end_time_iso"}
    ):
        return _openai_table("usage", table)
    raise wrong("report-unknown")


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",\t;", key=first.count)


def _openai_table(kind: Kind, table: Iterable[tuple[int, Mapping[str, str]]]) -> Export:
    rows: list[Row] = []
    days: set[str] = set()
    for line, cells in table:
        seconds = _count(cells["start_time"], line)
        if seconds > LAST_SECOND:
            raise wrong("report-no-time", line=line)
        day = datetime.fromtimestamp(seconds, UTC).date().isoformat()
        days.add(day)
        if kind == "costs":
            # A bucket in which nothing was used has no amount.
            if cells["amount_value"].strip():
                if not is_in_dollars(cells.get("amount_currency", "usd")):
                    raise wrong("report-currency", line=line)
                dollars = _decimal(cells["amount_value"], line)
                rows.append(Row(day, line_item(cells.get("line_item")), dollars))
        elif cells.get("input_tokens", "").strip() or cells.get("output_tokens", "").strip():
            into, out = (_count(cells[name], line) for name in ("input_tokens", "output_tokens"))
            rows.append(Row(day, name_of(cells.get("model")), None, into, out))
    return export("openai", kind, True, days, rows)


def _anthropic_table(kind: Kind, table: Iterable[tuple[int, Mapping[str, str]]]) -> Export:
    rows: list[Row] = []
    days: set[str] = set()
    for line, cells in table:
        day = _day(cells["usage_date_utc"], line)
        days.add(day)
        if kind == "costs":
            name = cells.get("model", "").strip() or cells.get("cost_type")
            rows.append(Row(day, name_of(name), _decimal(cells["cost_usd"], line)))
        else:
            into = sum(_count(cells.get(name, ""), line) for name in _ANTHROPIC_INPUT)
            out = _count(cells["usage_output_tokens"], line)
            rows.append(Row(day, name_of(cells.get("model_version")), None, into, out))
    return export("anthropic", kind, True, days, rows)


def _decimal(cell: str, line: int) -> Decimal:
    try:
        found = number(cell.strip() or "0")
    except ValueError as error:
        raise wrong("report-no-amount", line=line) from error
    if abs(found) > LARGEST_DOLLARS:
        raise wrong("report-no-amount", line=line)
    return found


def _count(cell: str, line: int) -> int:
    """Also where a table has written a whole number as 59200.0."""
    try:
        found = number(cell.strip() or "0")
    except ValueError as error:
        raise wrong("report-no-count", line=line) from error
    if not 0 <= found <= LARGEST_COUNT or found != int(found):
        raise wrong("report-no-count", line=line)
    return int(found)


def _day(cell: str, line: int) -> str:
    try:
        day = date.fromisoformat(cell.strip()[:10])
    except ValueError as error:
        raise wrong("report-no-date", line=line) from error
    if not 2000 <= day.year < 2100:
        raise wrong("report-no-date", line=line)
    return day.isoformat()
