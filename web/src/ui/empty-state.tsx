import type { ReactNode } from "react";

/** Why there is nothing here and what to do about it. `title` is a heading where the page has no other. */
export function EmptyState({
  icon,
  title,
  children,
  actions,
}: {
  icon?: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="mx-auto flex w-full max-w-note flex-col items-center px-6 py-12 text-center">
      {icon ? <div className="mb-4 rounded-full bg-selected p-3 text-ink-muted">{icon}</div> : null}
      {title}
      {children ? <p className="mt-1 text-ink-muted text-balance">{children}</p> : null}
      {actions ? (
        <div className="mt-5 flex flex-wrap items-center justify-center gap-3">{actions}</div>
      ) : null}
    </div>
  );
}
