import { t } from "@lingui/core/macro";

import type { Report } from "@/contract/contract.gen";
import { formatDate } from "@/i18n/format";
import { cardClass } from "@/ui/card";
import { Disclosure } from "@/ui/disclosure";

/** The newest first, each with all that was sent. */
export function Reports({ reports }: { reports: readonly Report[] }) {
  return (
    <ul className="space-y-3">
      {reports.map((report) => (
        <li key={`${report.reportedAt} ${report.email}`} className={`${cardClass} p-4 text-sm`}>
          <p className="text-xs text-ink-muted">
            <bdi>
              {report.name ?? t`No name`}
              {report.email ? ` (${report.email})` : ""}
            </bdi>
            ,{" "}
            <time dateTime={report.reportedAt}>
              {formatDate(new Date(report.reportedAt), {
                dateStyle: "medium",
                timeStyle: "medium",
              })}
            </time>
          </p>
          <p dir="auto" className="mt-1 wrap-anywhere whitespace-pre-wrap">
            {report.text}
          </p>
          <Disclosure summary={t`Details`} size="small" className="mt-2 touch:mt-0 touch:-mb-3">
            <pre dir="auto" className="mt-1 text-xs wrap-anywhere whitespace-pre-wrap">
              {[report.page, report.browser, ...report.problems, report.answer]
                .filter(Boolean)
                .join("\n")}
            </pre>
          </Disclosure>
        </li>
      ))}
    </ul>
  );
}
