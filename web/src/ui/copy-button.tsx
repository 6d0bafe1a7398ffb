import { t } from "@lingui/core/macro";
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";

import { IconButton } from "./button";
import { classes } from "./classes";
import { notify } from "./notify";

export function CopyButton({
  text,
  label,
  size = "medium",
  className,
}: {
  /** What is copied; asked for on the click where it is a function. */
  text: string | (() => string);
  label: string;
  size?: "small" | "medium";
  className?: string;
}) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const Icon = copied ? Check : Copy;
  return (
    <IconButton
      label={copied ? t`Copied` : label}
      size={size}
      className={classes(className)}
      onClick={() => {
        navigator.clipboard.writeText(typeof text === "string" ? text : text()).then(
          () => setCopied(true),
          () => notify(t`The browser did not allow copying.`),
        );
      }}
    >
      <Icon size={16} aria-hidden />
    </IconButton>
  );
}
