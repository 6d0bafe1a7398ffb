import { useState } from "react";

import { classes } from "./classes";

/** A person's picture, or their initials where there is none or it does not load. */
export function Avatar({
  name,
  photo,
  size = "size-8",
}: {
  name: string;
  photo: string | null;
  size?: string;
}) {
  const [broken, setBroken] = useState(false);
  const shape = classes("shrink-0 rounded-full", size);
  if (photo && !broken) {
    return (
      <img
        src={photo}
        alt=""
        referrerPolicy="no-referrer"
        className={classes(shape, "object-cover")}
        onError={() => setBroken(true)}
      />
    );
  }
  return (
    <span
      aria-hidden
      className={classes(
        shape,
        "inline-flex items-center justify-center bg-accent text-2xs font-semibold text-accent-ink",
      )}
    >
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.split(/[\s@._-]+/).filter(Boolean);
  const letters = words.slice(0, 2).map((word) => Array.from(word)[0] ?? "");
  return letters.join("").toUpperCase() || "?";
}
