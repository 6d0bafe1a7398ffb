import { CSPProvider } from "@base-ui/react/csp-provider";
import type { ReactNode } from "react";

import { ToastLayer } from "@/ui/notify";

export function Providers({ children }: { children: ReactNode }) {
  return (
    <CSPProvider disableStyleElements>
      {children}
      <ToastLayer />
    </CSPProvider>
  );
}
