import { t } from "@lingui/core/macro";
import { Link } from "@tanstack/react-router";

import { EmptyState } from "@/ui/empty-state";
import { linkClass } from "@/ui/link";
import { usePageFocus } from "@/ui/page-focus";

export function NotFoundPage() {
  const heading = usePageFocus(t`Not found`, "not-found");
  return (
    <main className="flex min-h-[80dvh] flex-col justify-center">
      <EmptyState
        title={
          <h1 ref={heading} tabIndex={-1} className="text-lg font-semibold">
            {t`There is nothing at this address.`}
          </h1>
        }
        actions={
          <Link to="/" className={linkClass}>
            {t`Go to a new chat`}
          </Link>
        }
      />
    </main>
  );
}
