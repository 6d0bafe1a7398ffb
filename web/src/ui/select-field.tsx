import { ChevronDown } from "lucide-react";
import { useId } from "react";

/** One of a few things; drawn by the browser, so that it is what a phone and a keyboard expect. */
export function SelectField<T extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
}) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <div className="relative">
        <select
          id={id}
          value={value}
          className="h-11 w-full appearance-none rounded-control border border-control bg-raised ps-3.5 pe-9 text-base text-ellipsis text-ink focus-visible:-outline-offset-1 max-sm:text-md"
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value);
            if (chosen) onChange(chosen.value);
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown
          size={16}
          aria-hidden
          className="pointer-events-none absolute inset-y-0 end-3.5 my-auto text-ink-muted"
        />
      </div>
    </div>
  );
}
