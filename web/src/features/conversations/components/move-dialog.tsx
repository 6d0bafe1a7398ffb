import { plural, t } from "@lingui/core/macro";
import { useId, useState } from "react";

import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { TextField } from "@/ui/text-field";

import type { Conversation } from "../api/conversations";
import { createFolder } from "../api/folder-writes";
import { moveSeveral } from "../api/several";
import { longestName } from "../state/folder-draft";
import { closeFolderDialog } from "../state/open-folder-dialog";
import { endSelecting } from "../state/selection";
import { folderIn, useFolders } from "../state/use-folders";

/** Stands for a folder that is yet to be made: no id is as short. */
const another = "new";

export default function MoveDialog({
  uid,
  conversations,
}: {
  uid: string;
  conversations: readonly Conversation[];
}) {
  const { list } = useFolders(uid);
  const [choice, setChoice] = useState<string | null>();
  const [name, setName] = useState("");
  const group = useId();
  const folders = list.state === "ready" ? list.value : [];
  const current = inCommon(
    conversations.map(({ folderId }) => folderIn(list, folderId)?.id ?? null),
  );
  const chosen = choice === undefined ? current : choice;
  const canMove = chosen === another ? name.trim() !== "" : chosen !== undefined;

  function move() {
    if (!canMove || chosen === undefined) return;
    closeFolderDialog();
    endSelecting();
    if (chosen !== another) {
      moveSeveral(conversations, chosen);
      return;
    }
    const { id, made } = createFolder(name.trim());
    void made.then((isMade) => {
      if (isMade) moveSeveral(conversations, id);
    });
  }

  function option(value: string | null, label: string) {
    return (
      <label
        key={value}
        title={label}
        className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-control px-2.5 text-sm hover:bg-hover has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent touch:min-h-11"
      >
        <input
          type="radio"
          name={group}
          checked={value === chosen}
          onChange={() => setChoice(value)}
          className="size-4 shrink-0 accent-accent outline-none"
        />
        <span dir="auto" className="min-w-0 truncate">
          {label}
        </span>
      </label>
    );
  }

  return (
    <Dialog
      open
      title={t`Move to folder`}
      description={describe(conversations)}
      onOpenChange={closeFolderDialog}
    >
      <form
        className="space-y-5"
        onSubmit={(event) => {
          event.preventDefault();
          move();
        }}
      >
        <fieldset className="min-w-0">
          <legend className="sr-only">{t`Folder`}</legend>
          <div className="-mx-2.5 max-h-[45dvh] overflow-y-auto">
            {option(null, t`No folder`)}
            {folders.map(({ id, name: label }) => option(id, label))}
            {option(another, t`New folder…`)}
          </div>
        </fieldset>
        {chosen === another ? (
          <TextField
            label={t`Name of the new folder`}
            maxLength={longestName}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        ) : null}
        <div className="flex justify-end">
          <Button type="submit" variant="primary" aria-disabled={!canMove}>
            {t`Move`}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What all of them are; undefined where they differ. */
function inCommon<Value>(values: readonly Value[]): Value | undefined {
  return new Set(values).size === 1 ? values[0] : undefined;
}

function describe(conversations: readonly Conversation[]): string {
  const [first] = conversations;
  if (conversations.length === 1 && first) {
    return t`Where “${{ title: first.title }}” belongs. The folder’s instructions go before its own.`;
  }
  return plural(conversations.length, {
    one: "Where # conversation belongs. The folder’s instructions go before its own.",
    other: "Where # conversations belong. The folder’s instructions go before their own.",
  });
}
