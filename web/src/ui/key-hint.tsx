import { keyNames } from "./keys";

/** Keys as they are printed on the keyboard. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <span className="ms-auto flex shrink-0 gap-1 ps-4">
      {keyNames(keys).map((name) => (
        <kbd
          key={name}
          className="min-w-5 rounded-md border border-line bg-surface px-1.5 py-0.5 text-center font-sans text-2xs text-ink-muted"
        >
          {name}
        </kbd>
      ))}
    </span>
  );
}
