"""Reports of providers: what is read of them, and that a wrong or hostile one does no harm."""

import json
import time
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonycraft.errors import InvalidArgument
from colonycraft.usage import export_csv, export_rows
from colonycraft.usage.export_rows import Row
from colonycraft.usage.exports import read_export

EXPORTS = Path(__file__).parent / "exports"
HOSTILE = Path(__file__).resolve().parents[2] / "hostile"
D = Decimal
ONE, TWO = "2025-11-26", "2025-11-27"


@pytest.mark.parametrize(
    ("name", "provider", "kind", "complete", "rows"),
    [
        (
            "openai-costs.json", "openai", "costs", True,
            [
                Row(ONE, "gpt-5-mini-2025-08-07", D("0.0126")),
                Row(ONE, "gpt-5-mini-2025-08-07", D("0.00040000000000000001")),
                Row(ONE, "Web search tool calls", D("2.25")),
            ],
        ),
        (
            "openai-usage.json", "openai", "usage", False,
            [
                Row(ONE, "gpt-5-mini-2025-08-07", None, 1000, 500),
                Row(ONE, "gpt-4o-2024-08-06", None, 20, 10),
            ],
        ),
        (
            "openai-costs.csv", "openai", "costs", True,
            [Row(ONE, "gpt-5-nano", D("0.00383598")), Row(ONE, "gpt-5-nano", D("0.5"))],
        ),
        (
            "openai-usage.tsv", "openai", "usage", True,
            [Row(ONE, "gpt-4o-2024-08-06", None, 59200, 10646)],
        ),
        (
            "anthropic-costs.json", "anthropic", "costs", False,
            [
                Row(ONE, "claude-sonnet-4-20250514", D("1.2378912")),
                Row(ONE, "Web Search Usage", D("0.3")),
            ],
        ),
        (
            "anthropic-usage.json", "anthropic", "usage", True,
            [Row(ONE, "claude-sonnet-4-20250514", None, 3200, 500)],
        ),
        (
            "anthropic-costs.csv", "anthropic", "costs", True,
            [
                Row(ONE, "Claude Haiku 4.5", D("0.05")),
                Row(ONE, "Claude Haiku 4.5", D("0.02")),
                Row(TWO, "web_search", D("0.3")),
            ],
        ),
        (
            "anthropic-usage.csv", "anthropic", "usage", True,
            [
                Row(ONE, "claude-haiku-4-5-20251001", None, 62968, 16932),
                Row(ONE, "claude-sonnet-4-20250514", None, 100, 50),
            ],
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_report(
    name: str, provider: str, kind: str, complete: bool, rows: list[Row], line_end: str
) -> None:
    text = (EXPORTS / name).read_text(encoding="utf-8").replace("\n", line_end)
    for prefix in ("", "\ufeff", "\n"):
        export = read_export(prefix + text)
        assert (export.provider, export.kind, export.complete) == (provider, kind, complete)
        assert list(export.rows) == rows


def test_days_without_use_are_known() -> None:
    assert read_export((EXPORTS / "openai-costs.json").read_text()).days == {ONE, TWO}
    empty = "start_time,end_time,start_time_iso,end_time_iso\n1764115200,1764201600,x,y\n"
    assert (read_export(empty).days, read_export(empty).rows) == ({ONE}, ())


def test_several_pages() -> None:
    pages = [json.loads((EXPORTS / "openai-usage.json").read_text()) for _ in range(2)]
    pages[1]["has_more"] = False
    export = read_export(json.dumps(pages))
    assert (len(export.rows), export.complete) == (4, True)


def changed(name: str, old: str, new: str) -> str:
    text = (EXPORTS / name).read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Line 1: these are not the columns"),
        ("hello", "Line 1: these are not the columns"),
        ("a,b\n1,2\n", "Line 1: these are not the columns"),
        ("Date,Model,Cost\n2025-11-26,x,1\n", "Line 1: these are not the columns"),
        ("usage_date_utc,model,cost_usd,model\n", "Line 1: a column is there twice"),
        ("usage_date_utc,cost_usd\n2025-11-26\n", "Line 2: 1 columns, where .* has 2"),
        ("usage_date_utc,cost_usd\n\n2025-11-26,1,2\n", "Line 3: 3 columns"),
        ("usage_date_utc,cost_usd\nyesterday,1\n", "Line 2: this is no date"),
        ("usage_date_utc,cost_usd\n0001-01-01,1\n", "Line 2: this is no date"),
        ("usage_date_utc,cost_usd\n2025-11-26,free\n", "Line 2: this is no amount"),
        ("usage_date_utc,cost_usd\n2025-11-26,=1+1\n", "Line 2: this is no amount"),
        ("usage_date_utc,cost_usd\n2025-11-26,1e99\n", "Line 2: this is no amount"),
        ("usage_date_utc,cost_usd\n2025-11-26,NaN\n", "Line 2: this is no amount"),
        ('usage_date_utc,cost_usd\n2025-11-26,"1\n', "Line 2: this is not CSV"),
        ('usage_date_utc,cost_usd\n2025-11-26,"1"x\n', "Line 2: this is not CSV"),
        (f"usage_date_utc,cost_usd\n2025-11-26,{'9' * 200_000}\n", "Line 2: this is not CSV"),
        ("start_time,amount_value\n99999999999,1\n", "Line 2: start_time is no time"),
        ("start_time,amount_value\n-5,1\n", "Line 2: this is no count"),
        ("start_time,input_tokens,output_tokens\n1764115200,1.5,1\n", "Line 2: this is no count"),
        ("start_time,input_tokens,output_tokens\n1764115200,-1,1\n", "Line 2: this is no count"),
        ("start_time,amount_value,amount_currency\n1764115200,1,eur\n", "Line 2: only amounts in USD"),
        ("{", "Line 1: this is not JSON"),
        ('{"data":\n[\n}', "Line 3: this is not JSON"),
        ("{}", "no buckets"),
        ("[]", "no buckets"),
        ('{"data": []}', "no buckets"),
        ('{"data": "x"}', "no buckets"),
        ('[1, null, "x"]', "no buckets"),
        ('{"error": {"message": "Incorrect API key"}}', "no buckets"),
        ("[" * 100_000, "JSON"),
        ('{"data": [{"start_time": NaN}]}', "cannot be read"),
        ('{"data": [{"start_time": ' + "9" * 10_000 + "}]}", "cannot be read"),
        ('{"data": [{"start_time": 1e999999999}]}', "cannot be read"),
        ('{"data": [{"start_time": 1764115200}]}', r"Page 0.data.0.results: Field required"),
        (changed("openai-costs.json", "0.0126", '"1e999999999"'), "Page 0.data.0.results.0.amount.value"),
        (changed("openai-costs.json", "0.0126", "null"), "Page 0.data.0.results.0.amount.value"),
        (changed("openai-costs.json", '"usd"', '"eur"'), "Page 0.data.0: only amounts in USD"),
        (changed("openai-usage.json", "1000", "-1"), "results.0.input_tokens"),
        (changed("openai-usage.json", "1000", "1e30"), "results.0.input_tokens"),
        (changed("openai-usage.json", "1764115200", "-1"), "data.0.start_time"),
        (changed("anthropic-costs.json", "123.78912", "Infinity"), "results.0.amount"),
        (changed("anthropic-costs.json", '"USD"', '"EUR"'), "Page 0.data.0: only amounts in USD"),
        (changed("anthropic-usage.json", "2025-11-26T00:00:00Z", "0001-01-01T00:00:00+14:00"),
         "data.0.starting_at"),
        (changed("anthropic-usage.json", "2025-11-26T00:00:00Z", "soon"), "data.0.starting_at"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_told_where_it_is_wrong(text: str, says: str) -> None:
    began = time.monotonic()
    with pytest.raises(InvalidArgument, match=says) as told:
        read_export(text)
    assert time.monotonic() - began < 5
    assert len(told.value.message) < 400


def test_no_error_repeats_what_the_file_holds() -> None:
    for text in (
        "usage_date_utc,cost_usd\n2025-11-26,canary\n",
        "usage_date_utc,cost_usd\ncanary,1\n",
        "canary,b\n1,2\n",
        '{"data": [{"start_time": "canary", "results": []}]}',
        '{"data": [{"starting_at": "2025-11-26T00:00:00Z", "results": [{"amount": "canary"}]}]}',
        '{"canary": [',
    ):
        with pytest.raises(InvalidArgument) as told:
            read_export(text)
        assert "canary" not in f"{told.value.message} {told.value.details}"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("=HYPERLINK(1)", "HYPERLINK(1)"),
        ("+1", "1"),
        ("-gpt", "gpt"),
        ("@SUM(A1)", "SUM(A1)"),
        ("' =cmd", "cmd"),
        ("\t=x", "x"),
        ("a\u202eb\u2028c\x07d", "abcd"),
        ("x" * 500, "x" * 100),
        ("==", None),
    ],
)
def test_a_name_is_never_a_formula(name: str, shown: str | None) -> None:
    data = {"data": [{"start_time": 0, "results": [{"input_tokens": 1, "model": name}]}]}
    assert [one.model for one in read_export(json.dumps(data)).rows] == [shown]


def test_too_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (export_csv, export_rows):
        monkeypatch.setattr(module, "MOST_ROWS", 2)
    for name in ("anthropic-costs.csv", "openai-costs.json"):
        with pytest.raises(InvalidArgument, match="more than 2 rows"):
            read_export((EXPORTS / name).read_text(encoding="utf-8"))


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    for begin in (
        "",
        "usage_date_utc,model,cost_usd\n",
        "start_time,input_tokens,output_tokens\n",
        "{",
    ):
        with suppress(InvalidArgument):
            read_export(begin + text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["data", "results", "start_time", "starting_at", "amount", "value", "currency", "model",
             "input_tokens", "output_tokens", "cache_creation", "has_more"]
        ),
        inner,
        max_size=4,
    ),
    max_leaves=20,
)  # fmt: skip


@given(JSON, st.sampled_from(["start_time", "starting_at"]))
def test_any_json_is_read_or_refused(value: Any, name: str) -> None:
    at: Any = 1764115200 if name == "start_time" else "2025-11-26T00:00:00Z"
    for text in (value, {"data": value}, {"data": [{name: at, "results": value}]},
                 {"data": [{name: at, "results": [value]}]}):  # fmt: skip
        with suppress(InvalidArgument):
            read_export(json.dumps(text))


def test_hostile_strings_do_no_harm() -> None:
    for one in json.loads((HOSTILE / "naughty-strings.json").read_text()):
        name = one.get("text", "").replace('"', '""')
        try:
            (row,) = read_export(f'usage_date_utc,model,cost_usd\n2025-11-26,"{name}",1\n').rows
        except InvalidArgument:
            continue
        assert row.model is None or (row.model.isprintable() and row.model[0] not in "=+-@")
