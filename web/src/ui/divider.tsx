import type { KeyboardEvent, PointerEvent } from "react";

const step = 5;

/** A frame of another origin would keep the pointer that is dragged over it. */
export const dividedClass = "peer-active/divider:pointer-events-none";

/**
 * A line between two panes that changes their widths. `value` is the second one's share, in percent. A
 * pane with a frame in it has `dividedClass`.
 */
export function Divider({
  label,
  controls,
  value,
  least,
  most,
  onChange,
}: {
  label: string;
  /** The id of the second pane. */
  controls: string;
  value: number;
  least: number;
  most: number;
  onChange: (value: number) => void;
}) {
  const change = (next: number) => onChange(Math.min(most, Math.max(least, Math.round(next))));

  function press(event: KeyboardEvent<HTMLElement>) {
    const towardsEnd = isRightToLeft(event.currentTarget) ? "ArrowLeft" : "ArrowRight";
    if (event.key === "Home") change(least);
    else if (event.key === "End") change(most);
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight")
      change(value + (event.key === towardsEnd ? -step : step));
    else return;
    event.preventDefault();
  }

  function drag(event: PointerEvent<HTMLElement>) {
    const { currentTarget, pointerId, clientX } = event;
    const panes = currentTarget.parentElement?.getBoundingClientRect();
    if (!panes || !currentTarget.hasPointerCapture(pointerId)) return;
    const fromLeft = (clientX - panes.left) / panes.width;
    change(100 * (isRightToLeft(currentTarget) ? fromLeft : 1 - fromLeft));
  }

  return (
    <div
      role="separator"
      aria-label={label}
      aria-orientation="vertical"
      aria-controls={controls}
      aria-valuenow={value}
      aria-valuemin={least}
      aria-valuemax={most}
      // A separator that can be moved is operated like a slider.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="group/divider peer/divider flex w-6 shrink-0 cursor-col-resize touch-none justify-center focus-visible:-outline-offset-2"
      onKeyDown={press}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
    >
      <span
        aria-hidden
        className="my-auto h-10 w-1 rounded-full bg-control transition-colors group-hover/divider:bg-accent group-active/divider:bg-accent"
      />
    </div>
  );
}

function isRightToLeft(element: Element): boolean {
  return getComputedStyle(element).direction === "rtl";
}
