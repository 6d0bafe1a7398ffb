import { t } from "@lingui/core/macro";
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
  const heading = usePageFocus(t`Budgets`, "budgets");
  const models = useModelOptions().map(({ id }) => id);
  const role = useRole();
  return (
    <Page title={t`Budgets`} heading={heading}>
      {role === "member" || role === "guest" ? (
        <Notice tone="warning" title={t`This page is for administrators.`}>
          {t`What is left of your own budgets is on the page Usage.`}
        </Notice>
      ) : (
        <Policy models={models} />
      )}
    </Page>
  );
}
