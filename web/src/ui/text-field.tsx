import { useId, type ComponentProps } from "react";

export function TextField({
  label,
  hint,
  problem,
  ...rest
}: ComponentProps<"input"> & { label: string; hint?: string; problem?: string | undefined }) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <input
        id={id}
        aria-invalid={problem !== undefined}
        aria-describedby={(problem ?? hint) ? `${id}-hint` : undefined}
        className="h-11 w-full rounded-control border border-control bg-raised px-3.5 text-base focus-visible:-outline-offset-1 disabled:border-line disabled:bg-surface disabled:text-ink-muted max-sm:text-md"
        {...rest}
      />
      {(problem ?? hint) ? (
        <p
          id={`${id}-hint`}
          className={problem ? "mt-1 text-sm text-danger" : "mt-1 text-xs text-ink-muted"}
        >
          {problem ?? hint}
        </p>
      ) : null}
    </div>
  );
}
