import { CSPProvider } from "@base-ui/react/csp-provider";
import { QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { ToastLayer } from "@/ui/notify";

import { queryClient } from "./query-client";

export function Providers({ children }: { children: ReactNode }) {
  return (
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queryClient}>
        {children}
        <ToastLayer />
      </QueryClientProvider>
    </CSPProvider>
  );
}
