import { t } from "@lingui/core/macro";

import { call } from "@/contract/call";
import type { Operations } from "@/contract/contract.gen";
import { problemOf } from "@/contract/errors";
import { notify } from "@/ui/notify";

import { folderPatches } from "../state/folder-patches";
import type { Folder } from "./folders";

type WriteName = Extract<keyof Operations, `folders.${string}`>;

/** No document is written as late as this: a deletion has arrived when there is none any more. */
const never = new Date(8.64e15);

const sendings = new Map<string, Promise<unknown>>();

/**
 * Sends what a patch shows already, when what was sent for the same folder before has been answered.
 * Says why it was refused; null when it was not.
 */
async function settle<Name extends WriteName>(
  requestId: string,
  name: Name,
  input: Operations[Name]["input"],
): Promise<string | null> {
  const before = sendings.get(input.folderId) ?? Promise.resolve();
  const sending = before.then(() => call(name, input));
  sendings.set(
    input.folderId,
    sending.catch(() => {}),
  );
  try {
    const output = await sending;
    folderPatches.settle(requestId, "changedAt" in output ? new Date(output.changedAt) : never);
    return null;
  } catch (error) {
    folderPatches.drop(requestId);
    return problemOf(error).message;
  }
}

/** Shows a folder at once; false when it was refused, which is said. */
async function put(folder: Folder, refusal: string): Promise<boolean> {
  const { id: folderId, name, instructions } = folder;
  const requestId = crypto.randomUUID();
  folderPatches.add({ requestId, folderId, change: { state: "active" }, put: folder });
  const input = { requestId, folderId, name, instructions };
  const problem = await settle(requestId, "folders.create", input);
  if (problem !== null) notify(refusal, { detail: problem });
  return problem === null;
}

/** Gives the id that it has at once, and whether it was made. */
export function createFolder(name: string): { id: string; made: Promise<boolean> } {
  const id = crypto.randomUUID();
  const changedAt = new Date();
  const folder: Folder = {
    id,
    name,
    instructions: "",
    changedAt,
    requestId: null,
    state: "active",
  };
  return { id, made: put(folder, t`The folder was not made.`) };
}

/** Says why it was refused; null when it was not. */
export function changeFolder(
  folderId: string,
  change: { name?: string; instructions?: string },
): Promise<string | null> {
  const requestId = crypto.randomUUID();
  folderPatches.add({ requestId, folderId, change });
  return settle(requestId, "folders.change", { requestId, folderId, ...change });
}

/** Hides it at once and keeps its conversations; for ten seconds there is a way back. */
export function deleteFolder(folder: Folder, onUndo: () => void): void {
  const requestId = crypto.randomUUID();
  const { id: folderId, name } = folder;
  folderPatches.add({ requestId, folderId, change: { state: "deleted" } });
  void settle(requestId, "folders.delete", { folderId }).then((problem) => {
    if (problem !== null) notify(t`The folder was not deleted.`, { detail: problem });
  });
  notify(t`Folder “${name}” deleted. Its conversations are kept.`, {
    undo: () => {
      void put(folder, t`The folder was not restored.`);
      onUndo();
    },
  });
}
