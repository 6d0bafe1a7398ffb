import { beforeEach, describe, expect, it, vi } from "vitest";

import { call } from "@/contract/call";
import { OperationError } from "@/contract/errors";
import { notify } from "@/ui/notify";

import { folderPatches } from "../state/folder-patches";
import { changeFolder, createFolder, deleteFolder } from "./folder-writes";
import type { Folder } from "./folders";

vi.mock("@/contract/call", () => ({ call: vi.fn() }));
vi.mock("@/ui/notify", () => ({ notify: vi.fn() }));

const at = (minute: number) => new Date(Date.UTC(2026, 10, 28, 12, minute));
const refused = new OperationError("FAILED_PRECONDITION", "There are too many.");

function folder(change: Partial<Folder> = {}): Folder {
  const told = { name: "Garden", instructions: "In metres." };
  return { id: "a", ...told, changedAt: at(0), requestId: null, state: "active", ...change };
}

const shown = (documents: Folder[]) =>
  folderPatches.patchAll(documents, folderPatches.store.getState().patches);
const names = (documents: Folder[]) => shown(documents).map(({ name }) => name);
const calls = () => vi.mocked(call).mock.calls;

function answers(minute: number): void {
  const changedAt = at(minute).toISOString();
  vi.mocked(call).mockResolvedValueOnce({ folderId: "a", name: "", changedAt });
}

type Output = Awaited<ReturnType<typeof call>>;

/** Ends the next call with what is given to what this returns. */
function answersLater(): (output: Output) => void {
  let end: (output: Output) => void = () => {};
  const sent = new Promise<Output>((resolve) => {
    end = resolve;
  });
  vi.mocked(call).mockReturnValueOnce(sent);
  return (output) => end(output);
}

beforeEach(() => {
  vi.resetAllMocks();
  folderPatches.dropAll();
});

describe("a new folder", () => {
  it("is there at once, and goes again when it is refused, which is said", async () => {
    vi.mocked(call).mockRejectedValueOnce(refused);
    const { id, made } = createFolder("Bees");
    expect(shown([])).toMatchObject([{ id, name: "Bees", instructions: "" }]);
    expect(await made).toBe(false);
    expect(shown([])).toEqual([]);
    expect(notify).toHaveBeenCalledWith("The folder was not made.", {
      detail: "There are too many.",
    });
  });

  it("is there once when the listener has it", async () => {
    answers(1);
    const { id, made } = createFolder("Bees");
    expect(await made).toBe(true);
    const arrived = folder({ id, name: "Bees", changedAt: at(1) });
    expect(shown([arrived])).toEqual([arrived]);
    folderPatches.forgetArrived([arrived]);
    expect(folderPatches.store.getState().patches).toEqual([]);
  });
});

describe("a change", () => {
  it("shows at once, and what is refused is taken back and said", async () => {
    vi.mocked(call).mockRejectedValueOnce(refused);
    const saving = changeFolder("a", { name: "Terrace" });
    expect(names([folder()])).toEqual(["Terrace"]);
    expect(await saving).toBe("There are too many.");
    expect(names([folder()])).toEqual(["Garden"]);
  });

  it("goes behind the one before it", async () => {
    const end = answersLater();
    answers(2);
    const first = changeFolder("a", { name: "Terrace" });
    const second = changeFolder("a", { instructions: "In feet." });
    await vi.waitFor(() => expect(calls()).toHaveLength(1));
    end({ folderId: "a", name: "", changedAt: at(1).toISOString() });
    expect(await first).toBeNull();
    expect(await second).toBeNull();
    expect(calls().map(([, input]) => input)).toMatchObject([
      { name: "Terrace" },
      { instructions: "In feet." },
    ]);
  });
});

describe("a deletion", () => {
  it("hides the folder until the listener has lost it", async () => {
    vi.mocked(call).mockResolvedValueOnce({ folderId: "a" });
    deleteFolder(folder(), () => {});
    expect(shown([folder()])).toEqual([]);
    await vi.waitFor(() =>
      expect(folderPatches.store.getState().patches[0]?.writtenAt).not.toBeNull(),
    );
    expect(shown([folder()])).toEqual([]);
    folderPatches.forgetArrived([]);
    expect(folderPatches.store.getState().patches).toEqual([]);
  });

  it("is undone by making the same folder again, after it", async () => {
    const end = answersLater();
    answers(3);
    const onUndo = vi.fn();
    deleteFolder(folder(), onUndo);
    vi.mocked(notify).mock.calls[0]?.[1]?.undo?.();
    expect(onUndo).toHaveBeenCalledOnce();
    expect(names([folder()])).toEqual(["Garden"]);
    await vi.waitFor(() => expect(calls()).toHaveLength(1));
    end({ folderId: "a" });
    await vi.waitFor(() => expect(calls()).toHaveLength(2));
    expect(calls().map(([name]) => name)).toEqual(["folders.delete", "folders.create"]);
    expect(calls()[1]?.[1]).toMatchObject({
      folderId: "a",
      name: "Garden",
      instructions: "In metres.",
    });
    expect(names([])).toEqual(["Garden"]);
  });

  it("that is refused shows the folder again", async () => {
    vi.mocked(call).mockRejectedValueOnce(refused);
    deleteFolder(folder(), () => {});
    await vi.waitFor(() =>
      expect(notify).toHaveBeenLastCalledWith("The folder was not deleted.", expect.anything()),
    );
    expect(names([folder()])).toEqual(["Garden"]);
  });
});
