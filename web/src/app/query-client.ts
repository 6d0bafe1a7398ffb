import { QueryClient } from "@tanstack/react-query";

export const queryClient = new QueryClient({
  defaultOptions: {
    // Operations say themselves what went wrong; one more try covers a connection that was just lost.
    queries: { retry: 1, retryDelay: 1000 },
  },
});
