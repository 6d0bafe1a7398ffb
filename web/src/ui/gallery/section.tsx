import type { ReactNode } from "react";

/** One part with its states; what a state is called stands above it. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="border-t border-line py-6">
      <h2 className="pb-4 font-semibold">{title}</h2>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-5">{children}</div>
    </section>
  );
}

export function State({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <p className="pb-1.5 text-2xs text-ink-muted">{name}</p>
      {children}
    </div>
  );
}
