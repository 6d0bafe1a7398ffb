import { createFileRoute } from "@tanstack/react-router";

import { useRole } from "@/features/auth";
import { AllKeys } from "@/features/keys";
import { KeysAllowed } from "@/features/usage";
import { Notice } from "@/ui/notice";
import { Page } from "@/ui/page";
import { usePageFocus } from "@/ui/page-focus";

export const Route = createFileRoute("/_workspace/organisation/keys")({
  component: EverybodysKeysPage,
});

function EverybodysKeysPage() {
  const heading = usePageFocus("Everybody’s keys", "everybody’s keys");
  const role = useRole();
  return (
    <Page title="Keys in this workspace" heading={heading}>
      {role === "member" || role === "guest" ? (
        <Notice tone="warning" title="This page is for administrators.">
          Your own keys are under Settings.
        </Notice>
      ) : (
        <div className="space-y-10">
          <KeysAllowed />
          <AllKeys />
        </div>
      )}
    </Page>
  );
}
