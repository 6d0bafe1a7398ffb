import { t } from "@lingui/core/macro";
import { FileUp } from "lucide-react";

import { useAsk } from "@/contract/ask";
import type { Reconciliation } from "@/contract/contract.gen";
import { Notice } from "@/ui/notice";
import { Skeleton } from "@/ui/skeleton";

import { compareReport } from "../api/compare-report";
import { outcomeText } from "../state/bill";
import { BillTable } from "./bill-table";

const providerNames: Record<Reconciliation["provider"], string> = {
  openai: "OpenAI",
  anthropic: "Anthropic",
};

/** A provider's report beside what was counted here. */
export function CompareBill() {
  const { ask, asked, answer, error, isPending } = useAsk(compareReport);
  const found = isPending || error ? null : answer?.output;
  return (
    <section aria-labelledby="compare-bill" className="pb-12">
      <h2 id="compare-bill" className="font-semibold">
        {t`Compare with a bill`}
      </h2>
      <p className="pt-1 pb-4 text-sm text-ink-muted">
        {t`A report of costs or usage that OpenAI or Anthropic lets you export, as JSON or CSV, best grouped by model. It is compared day by day (UTC) with what was counted here, and not kept.`}
      </p>
      <label className="relative flex flex-col items-center gap-2 rounded-card border border-dashed border-control bg-raised px-4 py-7 text-center text-sm hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
        <FileUp size={22} aria-hidden className="text-ink-muted" />
        <span className="font-medium">{t`Choose a report, or drop it here`}</span>
        <input
          type="file"
          accept=".json,.csv,.tsv,application/json,text/csv"
          // A file that is dropped on the field is chosen by the browser itself.
          className="absolute inset-0 size-full cursor-pointer opacity-0"
          onChange={({ target }) => {
            const file = target.files?.[0];
            if (file) ask(file);
            // The same one can be chosen again.
            target.value = "";
          }}
        />
      </label>
      <div role="status" className="pt-4">
        {isPending ? (
          <Skeleton label={t`the comparison`} lines={["w-full", "w-11/12", "w-4/5"]} />
        ) : null}
        {error && !isPending ? (
          <Notice
            title={
              asked
                ? t`${{ file: asked.name }} cannot be compared.`
                : t`The report cannot be compared.`
            }
          >
            {error.message}
          </Notice>
        ) : null}
        {found ? (
          <p className="text-sm">
            <span className="font-medium">{outcomeText(found)}</span>{" "}
            <span className="text-ink-muted">
              {[asked?.name, providerNames[found.provider], kindText(found.kind)]
                .filter(Boolean)
                .join(", ")}
              {". "}
              {t`Differences are ours less theirs.`}
            </span>
          </p>
        ) : null}
      </div>
      {found ? (
        <>
          {found.complete ? null : (
            <div className="pt-3">
              <Notice tone="warning">{t`This report has further pages, which are not in it.`}</Notice>
            </div>
          )}
          {found.lines.length > 0 ? <BillTable comparison={found} /> : null}
        </>
      ) : null}
    </section>
  );
}

function kindText(kind: Reconciliation["kind"]): string {
  return kind === "usage" ? t`usage` : t`costs`;
}
