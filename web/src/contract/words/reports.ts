import { t } from "@lingui/core/macro";

import { formatNumber } from "@/i18n/format";

import type { Words } from "./parts";

/** Of providers' reports that are compared with what was counted here. */
export const ofReports = {
  "report-days": ({ most }) =>
    t`This is more than ${{ most: formatNumber(most) }} days: export fewer.`,
  "report-sums": ({ most }) =>
    t`There are more than ${{ most: formatNumber(most) }} sums of these days here: too many to be compared. Export fewer days.`,
  "report-rows": ({ most }) =>
    t`This has more than ${{ most: formatNumber(most) }} rows: export fewer days.`,
  "report-currency": ({ line }) =>
    t`Line ${{ line: formatNumber(line) }}: only amounts in USD can be compared.`,
  "report-page-currency": ({ page }) => t`Page ${page}: only amounts in USD can be compared.`,
  "report-not-json": ({ line }) => t`Line ${{ line: formatNumber(line) }}: this is not JSON.`,
  "report-unreadable": () => t`This is JSON that cannot be read.`,
  "report-page": ({ page }) => t`Page ${page}: this is not as a report has it.`,
  "report-no-buckets": () =>
    t`There are no buckets in this: it should be what the API answers, with a list called data, or a list of such pages.`,
  "report-not-csv": ({ line }) => t`Line ${{ line: formatNumber(line) }}: this is not CSV.`,
  "report-columns": ({ line, found, wanted }) =>
    t`Line ${{ line: formatNumber(line) }} has ${{ found: formatNumber(found) }} columns, the first line ${{ wanted: formatNumber(wanted) }}.`,
  "report-column-twice": () => t`Line 1: a column is there twice.`,
  "report-unknown": () =>
    t`Line 1: these are not the columns of a report of OpenAI (start_time with amount_value or input_tokens) or Anthropic (usage_date_utc with cost_usd or usage_output_tokens).`,
  "report-no-time": ({ line }) =>
    t`Line ${{ line: formatNumber(line) }}: start_time is no time in seconds.`,
  "report-no-amount": ({ line }) => t`Line ${{ line: formatNumber(line) }}: this is no amount.`,
  "report-no-count": ({ line }) => t`Line ${{ line: formatNumber(line) }}: this is no count.`,
  "report-no-date": ({ line }) => t`Line ${{ line: formatNumber(line) }}: this is no date.`,
} satisfies Partial<Words>;
