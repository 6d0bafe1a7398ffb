import { useId } from "react";

export function Switch({
  label,
  hint,
  checked,
  onChange,
}: {
  label: string;
  hint: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <label className="flex cursor-pointer items-start justify-between gap-4 touch:min-h-11">
      <span className="min-w-0">
        <span id={id} className="block text-sm font-medium">
          {label}
        </span>
        <span id={`${id}-hint`} className="mt-0.5 block text-xs text-ink-muted">
          {hint}
        </span>
      </span>
      <input
        type="checkbox"
        role="switch"
        aria-labelledby={id}
        aria-describedby={`${id}-hint`}
        aria-checked={checked}
        checked={checked}
        className="relative h-6 w-10 shrink-0 cursor-pointer appearance-none rounded-full bg-control transition-colors before:absolute before:start-0.5 before:top-0.5 before:size-5 before:rounded-full before:bg-raised before:transition-[translate] checked:bg-accent checked:before:translate-x-4 rtl:checked:before:-translate-x-4"
        onChange={(event) => onChange(event.target.checked)}
      />
    </label>
  );
}
