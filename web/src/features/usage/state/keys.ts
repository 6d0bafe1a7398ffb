import { t } from "@lingui/core/macro";

import type { NamedKey } from "@/contract/contract.gen";
import { formatList } from "@/i18n/format";

import { personName } from "./people";

/** Stands for what was used without a key, here and where the backend sums it up. */
export const noKey = "none";

export type KeyNames = ReadonlyMap<string, NamedKey>;

/** As a person named it; `detail` tells apart keys of one name. */
export function keyName(names: KeyNames, id: string): { name: string; detail?: string } {
  if (id === noKey) return { name: t`Without a key` };
  const known = names.get(id);
  if (!known) return { name: keyMark(id) };
  return {
    name: known.name,
    detail: known.revoked ? t`${{ key: keyMark(id) }}, revoked` : keyMark(id),
  };
}

/** Of somebody's key, also whose it is. */
export function ownedKeyName(names: KeyNames, id: string): { name: string; detail?: string } {
  const { name, detail } = keyName(names, id);
  const owner = names.get(id)?.owner;
  if (!owner) return { name, ...(detail ? { detail } : {}) };
  return { name, detail: formatList([personName([owner], owner.id).name, detail ?? ""]) };
}

/** How a key begins, as its person can read it where the keys are. */
export function keyMark(id: string): string {
  return `cck_${id.slice(0, 6)}`;
}
