import { t } from "@lingui/core/macro";
import { useState } from "react";

import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { Skeleton } from "@/ui/skeleton";
import { Switch } from "@/ui/switch";

import { savePolicy, usePolicy } from "./use-policy";

/** Whether the keys that people make for programs work, for who decides it. */
export function KeysAllowed() {
  const { data, isError, refetch } = usePolicy();
  const [asked, setAsked] = useState<boolean | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  if (!data) {
    if (!isError) return <Skeleton label={t`what is allowed`} lines={["w-1/3", "w-full"]} />;
    return (
      <Notice
        title={t`What is allowed could not be loaded.`}
        actions={<Button onClick={() => void refetch()}>{t`Try again`}</Button>}
      >
        {t`It holds all the same.`}
      </Notice>
    );
  }

  async function save(keys: boolean) {
    setAsked(keys);
    setProblem(await savePolicy((rules) => ({ ...rules, keys })));
    setAsked(null);
  }

  return (
    <div className="space-y-3">
      <Switch
        label={t`Keys work in this workspace`}
        hint={t`Switched off, none can be made, and those that there are open nothing within five seconds. They work again when it is switched on.`}
        checked={asked ?? data.rules.keys}
        onChange={(keys) => void save(keys)}
      />
      {problem === null ? null : (
        <div role="alert">
          <Notice title={t`This was not saved.`}>{problem}</Notice>
        </div>
      )}
    </div>
  );
}
