import { useId, type ComponentProps } from "react";

export function TextArea({
  label,
  hint,
  problem,
  ...rest
}: ComponentProps<"textarea"> & { label: string; hint: string; problem: string | null }) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <textarea
        id={id}
        dir="auto"
        aria-invalid={problem !== null}
        aria-describedby={`${id}-hint ${id}-problem`}
        className="block max-h-[45dvh] min-h-20 w-full rounded-control border border-control bg-raised px-3.5 py-2.5 text-base focus-visible:-outline-offset-1 max-sm:text-md"
        {...rest}
      />
      <p id={`${id}-hint`} className="mt-1 text-xs text-ink-muted">
        {hint}
      </p>
      <p id={`${id}-problem`} role="status" className="text-sm text-danger not-empty:mt-1">
        {problem}
      </p>
    </div>
  );
}
