import type { ReportProblem } from "@/contract/contract.gen";

/** Everything that is sent, word for word. */
export function ReportPreview({ report }: { report: Omit<ReportProblem, "requestId"> }) {
  const rows: [what: string, value: string][] = [
    ["Your name and e-mail", "as in your account"],
    ["What you wrote", report.text || "nothing yet"],
    ["Page", report.page ?? ""],
    ["Browser", report.browser ?? ""],
    ["Errors before", report.problems?.join("\n") || "none"],
    ...(report.answer ? ([["The answer", report.answer]] as [string, string][]) : []),
  ];
  return (
    <details className="rounded-control border border-line">
      <summary className="cursor-pointer px-3.5 py-2.5 text-sm font-medium">What is sent</summary>
      <dl className="max-h-60 space-y-3 overflow-y-auto border-t border-line px-3.5 py-3 text-sm">
        {rows.map(([what, value]) => (
          <div key={what}>
            <dt className="text-xs text-ink-muted">{what}</dt>
            <dd dir="auto" className="wrap-anywhere whitespace-pre-wrap">
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
