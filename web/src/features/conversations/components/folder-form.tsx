import { t } from "@lingui/core/macro";
import { useState } from "react";

import { Button } from "@/ui/button";
import { TextArea } from "@/ui/text-area";
import { TextField } from "@/ui/text-field";

import { changeFolder } from "../api/folder-writes";
import type { Folder } from "../api/folders";
import { folderChanges, folderDrafts, longestName } from "../state/folder-draft";
import { instructionsProblem } from "../state/memory-changes";
import { DiscardButton, NotSaved } from "./unsaved-parts";

/** A folder's name and instructions. What is not saved stays here, also while one is elsewhere. */
export function FolderForm({ folder }: { folder: Folder }) {
  const { id } = folder;
  const draft = folderDrafts.use(id);
  const [phase, setPhase] = useState<"saving" | "saved" | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const changes = folderChanges(draft, folder);
  const name = draft.name ?? folder.name;
  const instructions = draft.instructions ?? folder.instructions;
  const problem = instructionsProblem(instructions);
  const isNameless = name.trim() === "";
  const isSaving = phase === "saving";
  const canSave = changes !== null && problem === null && !isNameless && !isSaving;

  function write(change: typeof draft) {
    setPhase((now) => (now === "saved" ? null : now));
    folderDrafts.write(id, change);
  }

  async function save() {
    if (!canSave) return;
    setPhase("saving");
    setRefusal(null);
    const refused = await changeFolder(id, changes);
    setPhase(refused === null ? "saved" : null);
    setRefusal(refused);
    // What was typed meanwhile is not saved.
    if (refused === null && folderDrafts.read(id) === draft) folderDrafts.drop(id);
  }

  return (
    <form
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField
        label={t`Name`}
        maxLength={longestName}
        problem={isNameless ? t`A folder needs a name.` : undefined}
        value={name}
        onChange={(event) => write({ name: event.target.value })}
      />
      <TextArea
        label={t`Instructions`}
        hint={t`Every model asked in this folder is told them, before those of the conversation.`}
        problem={problem}
        rows={4}
        value={instructions}
        onChange={(event) => write({ instructions: event.target.value })}
      />
      <NotSaved refusal={refusal} />
      <div className="flex items-center gap-2">
        <Button type="submit" aria-disabled={!canSave}>
          {isSaving ? t`Saving …` : t`Save`}
        </Button>
        {changes !== null && !isSaving ? (
          <DiscardButton
            onDiscard={() => {
              folderDrafts.drop(id);
              setRefusal(null);
            }}
          />
        ) : null}
        <p role="status" className="text-sm text-ink-muted">
          {phase === "saved" && changes === null ? t`Saved.` : null}
        </p>
      </div>
    </form>
  );
}
