import { t } from "@lingui/core/macro";
import { createFileRoute, useNavigate, useSearch } from "@tanstack/react-router";

import { FeedbackOverview, type FeedbackPeriod } from "@/features/feedback";
import { Page } from "@/ui/page";
import { usePageFocus } from "@/ui/page-focus";

const periods: readonly FeedbackPeriod[] = [7, 30, 90];

export const Route = createFileRoute("/_workspace/organisation/feedback")({
  validateSearch: (search: Record<string, unknown>): { days?: FeedbackPeriod | undefined } => ({
    days: periods.find((period) => period === search["days"]),
  }),
  component: FeedbackPage,
});

function FeedbackPage() {
  const { days = 30 } = useSearch({ from: "/_workspace/organisation/feedback" });
  const navigate = useNavigate({ from: "/organisation/feedback" });
  const heading = usePageFocus(t`Feedback`, "feedback");
  return (
    <Page title={t`Feedback`} heading={heading}>
      <FeedbackOverview
        period={days}
        onPeriod={(period) => void navigate({ search: { days: period }, replace: true })}
      />
    </Page>
  );
}
