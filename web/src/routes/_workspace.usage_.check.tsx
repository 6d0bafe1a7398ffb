import { createFileRoute } from "@tanstack/react-router";

import { CompareBill, DayCheck } from "@/features/usage";
import { Page } from "@/ui/page";
import { usePageFocus } from "@/ui/page-focus";

import { UsageTabs } from "./-usage-tabs";

export const Route = createFileRoute("/_workspace/usage_/check")({ component: CheckPage });

function CheckPage() {
  const heading = usePageFocus("Check usage", "check usage");
  return (
    <Page title="Usage" heading={heading}>
      <UsageTabs current="check" />
      <CompareBill />
      <DayCheck />
    </Page>
  );
}
