import { createFileRoute, redirect } from "@tanstack/react-router";

import { SignIn } from "@/features/auth";
import { sessionStore } from "@/firebase/auth";

interface SignInSearch {
  /** Where the person wanted to go. */
  to?: string;
}

export const Route = createFileRoute("/sign-in")({
  validateSearch: ({ to }: Record<string, unknown>): SignInSearch =>
    // Only a path of this app: `//elsewhere` would leave it.
    typeof to === "string" && /^\/(?![/\\])/.test(to) ? { to } : {},
  beforeLoad({ search }) {
    if (sessionStore.get().state === "signed-in") throw redirect({ href: search.to ?? "/" });
  },
  component: SignIn,
});
