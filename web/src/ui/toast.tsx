import { Toast } from "@base-ui/react/toast";
import { t } from "@lingui/core/macro";
import { X } from "lucide-react";
import { useEffect } from "react";

import { iconButtonClass } from "./button";
import type { Notification } from "./notify";

interface ToastViewportProps {
  waiting: readonly Notification[];
  onTaken: (taken: readonly Notification[]) => void;
}

/** Makes toasts of what waits; outside the viewport, which draws its children only when it has some. */
function Intake({ waiting, onTaken }: ToastViewportProps): null {
  const { add, close } = Toast.useToastManager();
  useEffect(() => {
    for (const { id, message, detail, undo } of waiting) {
      add({
        id,
        title: message,
        ...(detail ? { description: detail } : {}),
        timeout: undo || detail ? 10_000 : 6_000,
        ...(undo
          ? {
              actionProps: {
                children: t`Undo`,
                onClick() {
                  close(id);
                  undo();
                },
              },
            }
          : {}),
      });
    }
    if (waiting.length > 0) onTaken(waiting);
  }, [waiting, onTaken, add, close]);
  return null;
}

function Toasts() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      swipeDirection={[document.dir === "rtl" ? "left" : "right", "down"]}
      className="translate-x-(--toast-swipe-movement-x) translate-y-(--toast-swipe-movement-y) rounded-card border border-line bg-raised text-ink shadow-high transition-[opacity,translate] duration-calm data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-3 data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-center gap-2 py-2 ps-4 pe-2">
        <div className="min-w-0 flex-1 py-1 text-sm">
          <Toast.Title className="font-medium" />
          <Toast.Description className="text-ink-muted" />
        </div>
        <Toast.Action className="h-9 shrink-0 rounded-control px-3 text-sm font-semibold text-accent hover:bg-hover touch:h-11" />
        <Toast.Close aria-label={t`Dismiss`} className={iconButtonClass()}>
          <X size={16} aria-hidden />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}

export default function ToastViewport(props: ToastViewportProps) {
  return (
    <Toast.Provider>
      <Intake {...props} />
      <Toast.Portal>
        <Toast.Viewport className="fixed inset-x-4 bottom-4 z-50 mx-auto flex max-w-96 flex-col-reverse gap-2 sm:mx-0 sm:ms-auto">
          <Toasts />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}
