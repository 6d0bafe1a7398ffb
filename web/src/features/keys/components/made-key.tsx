import { t } from "@lingui/core/macro";
import { useEffect, useRef } from "react";

import type { CreatedKey } from "@/contract/contract.gen";
import { getPlatform } from "@/firebase/app";
import { Button } from "@/ui/button";
import { cardClass } from "@/ui/card";
import { classes } from "@/ui/classes";
import { CopyButton } from "@/ui/copy-button";

import { exampleOf } from "../state/key-text";

/** A key that has just been made, the only time that it is shown. It stays until one is done. */
export function MadeKey({
  made: { key, token },
  onDone,
}: {
  made: CreatedKey;
  onDone: () => void;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const example = exampleOf(getPlatform().configuration.functions, token);
  return (
    <section
      aria-labelledby="made-key"
      className={classes(cardClass, "mb-6 space-y-3 px-4 py-4 text-sm")}
    >
      <h2 id="made-key" ref={heading} tabIndex={-1} className="font-semibold">
        {t`Copy “${{ name: key.name }}” now`}
      </h2>
      <p>{t`It is shown this once. Keep it where you keep passwords; who has it asks in your name.`}</p>
      <Copied label={t`Copy the key`} text={token} />
      <p>{t`To see which models it may ask:`}</p>
      <Copied label={t`Copy the command`} text={example} />
      <div className="flex justify-end">
        <Button variant="primary" onClick={onDone}>
          {t`Done`}
        </Button>
      </div>
    </section>
  );
}

function Copied({ label, text }: { label: string; text: string }) {
  return (
    <div className="flex items-start gap-2">
      <pre className="min-w-0 flex-1 rounded-control bg-selected px-3 py-2 text-xs whitespace-pre-wrap wrap-anywhere">
        {text}
      </pre>
      <CopyButton text={text} label={label} />
    </div>
  );
}
