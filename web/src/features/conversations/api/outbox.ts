/** What was done to conversations while the backend could not be reached. */
import { t } from "@lingui/core/macro";

import { call, type UnaryName } from "@/contract/call";
import type { Operations } from "@/contract/contract.gen";
import { problemOf, UnreachedError } from "@/contract/errors";
import {
  hasKept,
  keep,
  keepMeanwhile,
  type Kept,
  type Meanwhile,
  type Part,
} from "@/contract/outbox";
import { notify } from "@/ui/notify";

import { addPatch, dropPatch, patchStore, settlePatch, type Patch } from "../state/patches";

export type WriteName = Extract<
  UnaryName,
  `conversations.${
    | "rename"
    | "delete"
    | "restore"
    | "openBranch"
    | "choose"
    | "configure"
    | "pin"
    | "writeSummary"}`
>;

/** Of several conversations: what one of them waits for, all do. */
export type SeveralName = Extract<UnaryName, `conversations.${string}Several`>;

export const writeKind = "conversation";

interface KeptWrite {
  name: WriteName | SeveralName;
  input: Operations[WriteName | SeveralName]["input"];
  /** One for each conversation. */
  patch: Patch | readonly Patch[];
}

const patchesOf = (requestId: string) =>
  patchStore.getState().patches.filter((patch) => patch.requestId === requestId);

/** Whether something waits that was done before to what the request is about. */
export function isBehindKept(requestId: string): boolean {
  return patchesOf(requestId).some(({ conversationId }) => hasKept(conversationId));
}

/** What is kept of a write that its patches show already. */
function keptOf<Name extends WriteName | SeveralName>(
  name: Name,
  input: Operations[Name]["input"],
) {
  const { requestId } = input;
  const patches = patchesOf(requestId);
  const view: KeptWrite = { name, input, patch: patches };
  return { requestId, conversationId: patches[0]?.conversationId ?? "", kind: writeKind, view };
}

/** Keeps a write; false where the browser keeps nothing. */
export async function keepWrite<Name extends WriteName | SeveralName>(
  name: Name,
  input: Operations[Name]["input"],
): Promise<boolean> {
  try {
    await keep(keptOf(name, input));
    return true;
  } catch {
    return false;
  }
}

/** Keeps a write that is being sent. */
export function keepWriteMeanwhile<Name extends WriteName | SeveralName>(
  name: Name,
  input: Operations[Name]["input"],
): Meanwhile {
  return keepMeanwhile(keptOf(name, input));
}

function show(kept: readonly Kept[]): void {
  for (const { requestId, view } of kept) {
    if (patchesOf(requestId).length > 0) continue;
    for (const patch of [(view as KeptWrite).patch].flat()) addPatch(patch);
  }
}

async function deliver({ requestId, view }: Kept): ReturnType<Part["deliver"]> {
  const { name, input } = view as KeptWrite;
  try {
    const { changedAt } = await call(name, input);
    settlePatch(requestId, new Date(changedAt));
  } catch (error) {
    const { status, message } = problemOf(error);
    if (error instanceof UnreachedError || status === "UNAUTHENTICATED") return "unreached";
    dropPatch(requestId);
    notify(t`A change that you made offline was refused.`, { detail: message });
  }
  return "delivered";
}

export const keptWrites: Part = { show, deliver };
