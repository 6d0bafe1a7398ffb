import { t } from "@lingui/core/macro";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { TextField } from "@/ui/text-field";

import { createFolder } from "../api/folder-writes";
import { longestName } from "../state/folder-draft";
import { closeFolderDialog } from "../state/open-folder-dialog";

export default function NewFolderDialog() {
  const [name, setName] = useState("");
  const navigate = useNavigate();
  const trimmed = name.trim();
  return (
    <Dialog
      open
      title={t`New folder`}
      description={t`Conversations on one subject, and what every model asked in them is told.`}
      onOpenChange={closeFolderDialog}
    >
      <form
        className="space-y-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (trimmed === "") return;
          const { id: folderId } = createFolder(trimmed);
          closeFolderDialog();
          void navigate({ to: "/folders/$folderId", params: { folderId } });
        }}
      >
        <TextField
          label={t`Name`}
          maxLength={longestName}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <div className="flex justify-end">
          <Button type="submit" variant="primary" aria-disabled={trimmed === ""}>
            {t`Make the folder`}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
