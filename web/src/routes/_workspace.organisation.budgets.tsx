import { createFileRoute } from "@tanstack/react-router";

import { useRole } from "@/features/auth";
import { useModelOptions } from "@/features/models";
import { Policy } from "@/features/usage";
import { Notice } from "@/ui/notice";
import { Page } from "@/ui/page";
import { usePageFocus } from "@/ui/page-focus";

export const Route = createFileRoute("/_workspace/organisation/budgets")({
  component: BudgetsPage,
});

function BudgetsPage() {
  const heading = usePageFocus("Budgets", "budgets");
  const models = useModelOptions().map(({ id }) => id);
  const role = useRole();
  return (
    <Page title="Budgets" heading={heading}>
      {role === "member" || role === "guest" ? (
        <Notice tone="warning" title="This page is for administrators.">
          What is left of your own budgets is on the page Usage.
        </Notice>
      ) : (
        <Policy models={models} />
      )}
    </Page>
  );
}
