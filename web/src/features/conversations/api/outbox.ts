/** What was done to conversations while the backend could not be reached. */
import { t } from "@lingui/core/macro";

import { call, type UnaryName } from "@/contract/call";
import type { Operations } from "@/contract/contract.gen";
import { problemOf, UnreachedError } from "@/contract/errors";
import { keep, type Kept, type Part } from "@/contract/outbox";
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
    | "move"
    | "pin"
    | "writeSummary"}`
>;

export const writeKind = "conversation";

interface KeptWrite {
  name: WriteName;
  input: Operations[WriteName]["input"];
  patch: Patch;
}

const findPatch = (requestId: string) =>
  patchStore.getState().patches.find((patch) => patch.requestId === requestId);

/** Keeps a write that its patch shows already; false where the browser keeps nothing. */
export async function keepWrite<Name extends WriteName>(
  name: Name,
  input: Operations[Name]["input"],
): Promise<boolean> {
  const { requestId, conversationId } = input;
  const patch = findPatch(requestId);
  if (!patch) return false;
  const view: KeptWrite = { name, input, patch };
  try {
    await keep({ requestId, conversationId, kind: writeKind, view });
    return true;
  } catch {
    return false;
  }
}

function show(kept: readonly Kept[]): void {
  for (const { requestId, view } of kept) {
    if (!findPatch(requestId)) addPatch((view as KeptWrite).patch);
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
