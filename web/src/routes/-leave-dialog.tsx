import { plural, t } from "@lingui/core/macro";

import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";

import { leaveAtOnce, useLeaving } from "./-leave";

/** Asks before something that waits for a connection is lost. */
export function LeaveDialog() {
  const { isAsking, unsent } = useLeaving();
  return (
    <Dialog
      open={isAsking}
      onOpenChange={(open) => open || stay()}
      title={t`Sign out without sending?`}
      description={plural(unsent, {
        one: "One change waits for the connection. Signing out deletes it from this browser.",
        other: "# changes wait for the connection. Signing out deletes them from this browser.",
      })}
    >
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={stay}>{t`Stay signed in`}</Button>
        <Button
          variant="danger"
          onClick={() => {
            stay();
            void leaveAtOnce();
          }}
        >
          {t`Sign out`}
        </Button>
      </div>
    </Dialog>
  );
}

function stay(): void {
  useLeaving.setState({ isAsking: false });
}
