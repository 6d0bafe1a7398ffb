import { t } from "@lingui/core/macro";

import { useQuery } from "@/contract/query";
import { Switch } from "@/ui/switch";

const staleMs = 5_000;
const never = () => false as const;

/** Whether answers that were made before may do in a conversation, where the workspace keeps them. */
export function CacheSwitch({
  value,
  onChange,
}: {
  value: boolean | null;
  onChange: (value: boolean) => void;
}) {
  const { data } = useQuery("budgets.list", staleMs, never);
  if (data === undefined || data.cache === "off") return null;
  return (
    <Switch
      label={t`Answers from before`}
      hint={t`What was asked in exactly the same way before is answered at once, for nothing.`}
      checked={value ?? data.cache === "on"}
      onChange={onChange}
    />
  );
}
