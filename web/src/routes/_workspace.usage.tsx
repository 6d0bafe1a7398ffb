import { createFileRoute, useNavigate, useSearch } from "@tanstack/react-router";

import { usePerson } from "@/features/auth";
import { Budgets, Usage, type Grouping, type Period } from "@/features/usage";
import { Page } from "@/ui/page";
import { usePageFocus } from "@/ui/page-focus";

interface UsageSearch {
  days?: Period | undefined;
  by?: Grouping | undefined;
}

const periods: readonly Period[] = [7, 30, 90];
const groupings: readonly Grouping[] = ["day", "model", "feature"];

export const Route = createFileRoute("/_workspace/usage")({
  // What is left out here would stay as it is in the address.
  validateSearch: (search: Record<string, unknown>): UsageSearch => ({
    days: periods.find((period) => period === search["days"]),
    by: groupings.find((grouping) => grouping === search["by"]),
  }),
  component: UsagePage,
});

function UsagePage() {
  const { uid } = usePerson();
  const { days = 30, by = "day" } = useSearch({ from: "/_workspace/usage" });
  const navigate = useNavigate({ from: "/usage" });
  const heading = usePageFocus("Usage", "usage");
  const choose = (change: UsageSearch) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  return (
    <Page title="Usage" heading={heading}>
      <Budgets />
      <Usage
        uid={uid}
        period={days}
        grouping={by}
        onPeriod={(period) => choose({ days: period })}
        onGrouping={(grouping) => choose({ by: grouping })}
      />
    </Page>
  );
}
