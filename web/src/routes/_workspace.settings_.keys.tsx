import { t } from "@lingui/core/macro";
import { createFileRoute, Link } from "@tanstack/react-router";

import { useRole } from "@/features/auth";
import { Keys } from "@/features/keys";
import { linkClass } from "@/ui/link";
import { Page } from "@/ui/page";
import { usePageFocus } from "@/ui/page-focus";

export const Route = createFileRoute("/_workspace/settings_/keys")({ component: KeysPage });

function KeysPage() {
  const heading = usePageFocus(t`Keys`, "keys");
  const isAdministrator = useRole() === "admin";
  return (
    <Page title={t`Keys`} heading={heading}>
      <Keys />
      {isAdministrator ? (
        <p className="pt-8 text-sm">
          <Link to="/organisation/keys" className={linkClass}>
            {t`Everybody’s keys`}
          </Link>
        </p>
      ) : null}
    </Page>
  );
}
