import { t } from "@lingui/core/macro";

import type { NamedPerson } from "@/contract/contract.gen";

/** How a person is called; `detail` tells apart who has the same name. */
export function personName(
  people: readonly NamedPerson[],
  id: string,
): { name: string; detail?: string } {
  const known = people.find((person) => person.id === id);
  if (known?.name) return { name: known.name, detail: known.email ?? id };
  return known?.email ? { name: known.email } : { name: t`Account without a name`, detail: id };
}
