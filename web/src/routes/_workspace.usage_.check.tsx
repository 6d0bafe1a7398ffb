import { t } from "@lingui/core/macro";
import { createFileRoute } from "@tanstack/react-router";

import { CompareBill, DayCheck } from "@/features/usage";
import { Page } from "@/ui/page";
import { usePageFocus } from "@/ui/page-focus";

import { UsageTabs } from "./-usage-tabs";

export const Route = createFileRoute("/_workspace/usage_/check")({ component: CheckPage });

function CheckPage() {
  const heading = usePageFocus(t`Check usage`, t`check usage`);
  return (
    <Page title={t`Usage`} heading={heading}>
      <UsageTabs current="check" />
      <CompareBill />
      <DayCheck />
    </Page>
  );
}
