import { t } from "@lingui/core/macro";
import { Link } from "@tanstack/react-router";
import { Folder as FolderIcon, FolderPlus } from "lucide-react";

import { Button } from "@/ui/button";
import { classes } from "@/ui/classes";
import { rowClass } from "@/ui/row";
import { useShell } from "@/ui/shell";

import { openNewFolder } from "../state/open-folder-dialog";
import { useFolders } from "../state/use-folders";

/** The folders of a person, and the way to another one. Many of them scroll by themselves. */
export default function FolderList({ uid }: { uid: string }) {
  const { list, retry } = useFolders(uid);
  const { closeSidebar } = useShell();
  return (
    <nav aria-label={t`Folders`} className="flex max-h-1/3 shrink-0 flex-col px-2.5">
      <button
        type="button"
        className={classes(rowClass, "shrink-0 hover:bg-hover")}
        onClick={() => {
          closeSidebar();
          openNewFolder();
        }}
      >
        <FolderPlus size={17} aria-hidden />
        {t`New folder`}
      </button>
      {list.state === "failed" ? (
        <div className="flex items-center gap-2 px-2.5 text-sm text-danger">
          {t`Folders could not be loaded.`}
          <Button variant="ghost" onClick={retry}>
            {t`Try again`}
          </Button>
        </div>
      ) : null}
      {list.state === "ready" && list.value.length > 0 ? (
        <ul className="min-h-0 overflow-y-auto">
          {list.value.map(({ id, name }) => (
            <li key={id}>
              <Link
                to="/folders/$folderId"
                params={{ folderId: id }}
                title={name}
                onClick={closeSidebar}
                className={classes(
                  rowClass,
                  "hover:bg-hover focus-visible:-outline-offset-2 aria-[current=page]:bg-selected aria-[current=page]:font-medium",
                )}
              >
                <FolderIcon size={17} aria-hidden className="shrink-0 text-ink-muted" />
                <span dir="auto" className="truncate">
                  {name}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
    </nav>
  );
}
