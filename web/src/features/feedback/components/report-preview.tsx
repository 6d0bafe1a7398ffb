import { t } from "@lingui/core/macro";

import type { ReportProblem } from "@/contract/contract.gen";
import { Disclosure } from "@/ui/disclosure";

/** Everything that is sent, word for word. */
export function ReportPreview({ report }: { report: Omit<ReportProblem, "requestId"> }) {
  const rows: [what: string, value: string][] = [
    [t`Your name and e-mail`, t`as in your account`],
    [t`What you wrote`, report.text || t`nothing yet`],
    [t`Page`, report.page ?? ""],
    [t`Browser`, report.browser ?? ""],
    [t`Errors before`, report.problems?.join("\n") || t`none`],
    ...(report.answer ? ([[t`The answer`, report.answer]] as [string, string][]) : []),
  ];
  return (
    <Disclosure summary={t`What is sent`} size="normal">
      <dl className="mt-1 space-y-3 rounded-control border border-line px-3.5 py-3 text-sm">
        {rows.map(([what, value]) => (
          <div key={what}>
            <dt className="text-xs text-ink-muted">{what}</dt>
            <dd dir="auto" className="wrap-anywhere whitespace-pre-wrap">
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </Disclosure>
  );
}
