import { t } from "@lingui/core/macro";
import { useEffect, useRef } from "react";

import { classes } from "@/ui/classes";

/** A title being renamed in place: Enter and leaving it keep what was typed, Escape does not. */
export function TitleInput({
  title,
  onSave,
  onClose,
  className,
}: {
  title: string;
  onSave: (title: string) => void;
  /** `refocus`: the keyboard ended it, so the focus should go back to where it was. */
  onClose: (refocus: boolean) => void;
  className?: string;
}) {
  const input = useRef<HTMLInputElement>(null);
  const closed = useRef(false);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);

  function close(save: boolean, refocus: boolean) {
    if (closed.current) return;
    closed.current = true;
    if (save && input.current) onSave(input.current.value);
    onClose(refocus);
  }

  return (
    <input
      ref={input}
      aria-label={t`Title of the conversation`}
      defaultValue={title}
      maxLength={200}
      className={classes("rounded-control border border-control bg-raised px-2.5", className)}
      onBlur={() => close(true, false)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Enter") close(true, true);
        if (event.key === "Escape") close(false, true);
      }}
    />
  );
}
