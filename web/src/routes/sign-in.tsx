import { createFileRoute, redirect } from "@tanstack/react-router";

import { SignIn } from "@/features/auth";
import { sessionStore } from "@/firebase/auth";

interface SignInSearch {
  /** Where the person wanted to go. */
  to?: string | undefined;
}

export const Route = createFileRoute("/sign-in")({
  // Only a path of this app: `//elsewhere` would leave it. What is left out here would stay.
  validateSearch: ({ to }: Record<string, unknown>): SignInSearch => ({
    to: typeof to === "string" && /^\/(?![/\\])/.test(to) ? to : undefined,
  }),
  beforeLoad({ search }) {
    if (sessionStore.get().state === "signed-in") throw redirect({ href: search.to ?? "/" });
  },
  component: SignIn,
});
