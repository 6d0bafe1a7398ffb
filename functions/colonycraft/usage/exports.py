"""What providers say of use: their reports, as they can be had, read into one form. Pure.

    OpenAI      JSON of /v1/organization/costs and /v1/organization/usage/completions; the CSV files
                that its dashboard exports of both
                https://platform.openai.com/docs/api-reference/usage
    Anthropic   JSON of /v1/organizations/cost_report and /v1/organizations/usage_report/messages;
                the CSV files that its console exports of both
                https://platform.claude.com/docs/en/api/admin/usage_report/retrieve_messages
                https://platform.claude.com/docs/en/api/admin/cost_report

Mistral documents no export. A file is data from outside: sizes and numbers are bounded, what is not
known in it is passed over, names are cleaned, and no error repeats what it holds.
"""

from colonycraft.usage.export_csv import read_csv
from colonycraft.usage.export_json import read_json
from colonycraft.usage.export_rows import Export, Kind

__all__ = ["Export", "Kind", "read_export"]


def read_export(text: str) -> Export:
    """Raises InvalidArgument, which says where the text is not what it should be."""
    text = text.lstrip("\ufeff \t\r\n")
    return read_json(text) if text[:1] in ("{", "[") else read_csv(text)
