import { t } from "@lingui/core/macro";
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
  const heading = usePageFocus(t`Keys in this workspace`, "workspace keys");
  const role = useRole();
  return (
    <Page title={t`Keys in this workspace`} heading={heading}>
      {role === "member" || role === "guest" ? (
        <Notice tone="warning" title={t`This page is for administrators.`}>
          {t`Your own keys are under Settings.`}
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
