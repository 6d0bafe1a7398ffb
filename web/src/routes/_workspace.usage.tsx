import { t } from "@lingui/core/macro";
import { createFileRoute, useNavigate, useSearch } from "@tanstack/react-router";

import { usePerson, useRole } from "@/features/auth";
import {
  Budgets,
  Everyone,
  Usage,
  type Chosen,
  type Dimension,
  type Period,
} from "@/features/usage";
import { Page } from "@/ui/page";
import { usePageFocus } from "@/ui/page-focus";

import { UsageTabs } from "./-usage-tabs";

interface UsageSearch extends Chosen {
  of?: "everyone" | undefined;
}

const periods: readonly Period[] = [7, 30, 90];
const dimensions: readonly Dimension[] = ["day", "person", "model", "provider", "feature", "key"];

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

export const Route = createFileRoute("/_workspace/usage")({
  // What is left out here would stay as it is in the address.
  validateSearch: (search: Record<string, unknown>): UsageSearch => ({
    of: search["of"] === "everyone" ? "everyone" : undefined,
    days: periods.find((period) => period === search["days"]),
    month: /^20\d\d-(0[1-9]|1[0-2])$/.exec(String(search["month"]))?.[0],
    by: dimensions.find((dimension) => dimension === search["by"]),
    person: textOf(search["person"]),
    provider: textOf(search["provider"]),
    model: textOf(search["model"]),
    feature: textOf(search["feature"]),
    key: /^([0-9a-f]{20}|none)$/.exec(String(search["key"]))?.[0],
  }),
  component: UsagePage,
});

function UsagePage() {
  const { uid } = usePerson();
  const isAdministrator = useRole() === "admin";
  const { of, ...chosen } = useSearch({ from: "/_workspace/usage" });
  const { days = 30, by = "day" } = chosen;
  const navigate = useNavigate({ from: "/usage" });
  const heading = usePageFocus(t`Usage`, "usage");
  const choose = (change: UsageSearch) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: !of });
  return (
    <Page title={t`Usage`} heading={heading}>
      {isAdministrator || of ? <UsageTabs current={of ?? "mine"} /> : null}
      {of ? (
        <Everyone chosen={chosen} onChoose={choose} />
      ) : (
        <>
          <Budgets />
          <Usage
            uid={uid}
            period={days}
            grouping={by === "person" || by === "provider" ? "day" : by}
            keyId={chosen.key}
            onPeriod={(period) => choose({ days: period })}
            onGrouping={(grouping) => choose({ by: grouping })}
            onKey={(key) => choose({ key })}
          />
        </>
      )}
    </Page>
  );
}
