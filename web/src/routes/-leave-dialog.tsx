import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";

import { leaveAtOnce, useLeaving } from "./-leave";

/** Asks before something that waits for a connection is lost. */
export function LeaveDialog() {
  const { isAsking, unsent } = useLeaving();
  const stay = () => useLeaving.setState({ isAsking: false });
  return (
    <Dialog
      open={isAsking}
      onOpenChange={(open) => open || stay()}
      title="Sign out without sending?"
      description={
        unsent === 1
          ? "One change waits for the connection. Signing out deletes it from this browser."
          : `${unsent} changes wait for the connection. Signing out deletes them from this browser.`
      }
    >
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={stay}>Stay signed in</Button>
        <Button
          variant="danger"
          onClick={() => {
            stay();
            void leaveAtOnce();
          }}
        >
          Sign out
        </Button>
      </div>
    </Dialog>
  );
}
