import { t } from "@lingui/core/macro";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";

import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { KeyHint } from "@/ui/key-hint";
import { keyNames, keysOf, whyNot } from "@/ui/keys";
import {
  assignKeys,
  commandGroups,
  commandIds,
  commandLabel,
  commandOf,
  commands,
  forgetKeys,
  groupLabel,
  useKeys,
  type CommandId,
} from "@/ui/shortcuts";

import { show } from "../state/open";

/** All keys, each of which can be changed where it stands. */
export function ShortcutSheet() {
  const [changing, setChanging] = useState<CommandId | null>(null);
  return (
    <Dialog
      open
      wide
      title={t`Shortcuts`}
      description={t`Press one to change its keys. They are kept in this browser.`}
      onOpenChange={(open) => show(open ? "shortcuts" : null)}
    >
      {commandGroups.map((group) => (
        <section key={group} aria-label={groupLabel(group)} className="mb-4">
          <h3 className="pb-1 text-xs font-medium text-ink-muted">{groupLabel(group)}</h3>
          <ul className="divide-y divide-line rounded-control border border-line">
            {commandIds
              .filter((id) => commands[id].group === group)
              .map((id) => (
                <Row
                  key={id}
                  id={id}
                  isChanging={changing === id}
                  onChange={(is) => setChanging(is ? id : null)}
                />
              ))}
          </ul>
        </section>
      ))}
      <Button onClick={forgetKeys}>{t`All as they were at first`}</Button>
    </Dialog>
  );
}

function Row({
  id,
  isChanging,
  onChange,
}: {
  id: CommandId;
  isChanging: boolean;
  onChange: (isChanging: boolean) => void;
}) {
  const keys = useKeys()(id);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <li className="first:rounded-t-control last:rounded-b-control">
      <button
        ref={button}
        type="button"
        aria-expanded={isChanging}
        className="flex min-h-10 w-full items-center rounded-[inherit] px-3 py-1 text-start text-sm hover:bg-hover focus-visible:-outline-offset-2 touch:min-h-11"
        onClick={() => onChange(true)}
      >
        {commandLabel(id)}
        {keys ? (
          <KeyHint keys={keys} />
        ) : (
          <span className="ms-auto ps-4 text-xs whitespace-nowrap text-ink-muted">{t`no keys`}</span>
        )}
      </button>
      {isChanging ? (
        <KeysField id={id} onDone={() => button.current?.focus()} onLeave={() => onChange(false)} />
      ) : null}
    </li>
  );
}

/** Takes the next keys that are pressed. Escape leaves it as it was, Backspace takes the keys away. */
function KeysField({
  id,
  onDone,
  onLeave,
}: {
  id: CommandId;
  onDone: () => void;
  onLeave: () => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => field.current?.focus(), []);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Tab") return;
    event.preventDefault();
    // Neither the dialog nor the command that has these keys so far.
    event.stopPropagation();
    event.nativeEvent.stopImmediatePropagation();
    if (event.key === "Escape" || event.key === "Backspace") {
      if (event.key === "Backspace") assignKeys(id, null);
      onDone();
      return;
    }
    const keys = keysOf(event.nativeEvent);
    if (keys === null) return;
    const refusal = whyNot(keys);
    if (refusal !== null) {
      setProblem(refusal);
      return;
    }
    const holder = commandOf(keys);
    if (holder !== null && holder !== id && problem === null) {
      setProblem(
        t`“${{ command: commandLabel(holder) }}” has ${{ keys: keyNames(keys).join(" ") }}. Press again to take them over.`,
      );
      return;
    }
    assignKeys(id, keys);
    onDone();
  }

  return (
    <div className="px-3 pb-2">
      <input
        ref={field}
        readOnly
        aria-label={t`New keys for “${{ command: commandLabel(id) }}”`}
        aria-describedby="keys-problem"
        value={t`Press the new keys …`}
        className="h-9 w-full rounded-control border border-control bg-raised px-2.5 text-sm text-ink-muted touch:h-11"
        onKeyDown={onKeyDown}
        onBlur={onLeave}
      />
      <p id="keys-problem" role="status" className="mt-1 text-xs text-ink-muted">
        {problem ?? t`Escape leaves them as they are, Backspace takes them away.`}
      </p>
    </div>
  );
}
