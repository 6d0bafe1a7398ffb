import { Link } from "@tanstack/react-router";

import { usePageFocus } from "@/ui/page-focus";

export function NotFoundPage() {
  const heading = usePageFocus("Not found", "not-found");
  return (
    <div className="mx-auto flex min-h-[60dvh] w-full max-w-note flex-col justify-center p-6 text-center">
      <h1 ref={heading} tabIndex={-1} className="text-lg font-semibold">
        There is nothing at this address.
      </h1>
      <p className="mt-2">
        <Link to="/" className="font-medium text-accent underline underline-offset-3">
          Go to a new chat
        </Link>
      </p>
    </div>
  );
}
