import { useId } from "react";

export interface SelectOption {
  value: string;
  label: string;
}

/** One of a list, as the browser and the phone show lists. */
export function Select({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly SelectOption[];
  value: string;
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-2xs text-ink-muted">
        {label}
      </label>
      <select
        id={id}
        value={value}
        className="h-9 w-full min-w-0 rounded-control border border-control bg-raised px-2.5 text-sm text-ellipsis touch:h-11"
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
