import { CSPProvider } from "@base-ui/react/csp-provider";
import { lazy, Suspense, type ReactNode } from "react";

import { ToastLayer } from "@/ui/notify";

const NewVersion = lazy(() => import("./new-version"));

export function Providers({ children }: { children: ReactNode }) {
  return (
    <CSPProvider disableStyleElements>
      {children}
      <ToastLayer />
      <Suspense>
        <NewVersion />
      </Suspense>
    </CSPProvider>
  );
}
