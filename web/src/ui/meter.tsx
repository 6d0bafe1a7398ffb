import { classes } from "./classes";

const fills = { quiet: "fill-accent", warning: "fill-warning", danger: "fill-danger" };

/** How much of a limit is taken. `taken` and `reserved` are parts of it, from 0 to 1; `text` says them. */
export function Meter({
  labelledBy,
  text,
  taken,
  reserved = 0,
  tone = "quiet",
}: {
  labelledBy: string;
  text: string;
  /** What is reserved included. */
  taken: number;
  reserved?: number;
  tone?: keyof typeof fills;
}) {
  const settled = (taken - reserved) * 100;
  return (
    <div
      role="meter"
      aria-labelledby={labelledBy}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(taken * 100)}
      aria-valuetext={text}
      className="h-2 overflow-hidden rounded-full bg-selected"
    >
      <svg
        viewBox="0 0 100 1"
        preserveAspectRatio="none"
        className="block size-full rtl:-scale-x-100"
        aria-hidden
      >
        <rect width={settled} height={1} className={fills[tone]} />
        <rect
          x={settled}
          width={reserved * 100}
          height={1}
          className={classes(fills[tone], "opacity-50")}
        />
      </svg>
    </div>
  );
}
