import { t } from "@lingui/core/macro";
import { Link, useNavigate } from "@tanstack/react-router";
import { SquarePen, Trash2 } from "lucide-react";
import type { ReactNode } from "react";

import { Button } from "@/ui/button";
import { linkClass } from "@/ui/link";
import { Notice } from "@/ui/notice";
import { Page } from "@/ui/page";
import { usePageFocus } from "@/ui/page-focus";
import { Skeleton } from "@/ui/skeleton";

import { deleteFolder } from "../api/folder-writes";
import type { Folder } from "../api/folders";
import { folderIn, useFolders } from "../state/use-folders";
import { FolderConversations } from "./folder-conversations";
import { FolderForm } from "./folder-form";

/** A folder: what is told in it and what is in it. Keyed by the folder where it is used. */
export function FolderPage({ uid, folderId }: { uid: string; folderId: string }) {
  const { list, retry } = useFolders(uid);
  const folder = folderIn(list, folderId);
  const isGone = folder === null && list.state === "ready" && !list.fromCache;
  const title = folder?.name ?? (isGone ? t`There is no folder here.` : t`Folder`);
  const heading = usePageFocus(title, folderId);
  return (
    <Page title={title} heading={heading}>
      {folder ? <Contents uid={uid} folder={folder} /> : null}
      {isGone ? (
        <p className="text-ink-muted">
          {t`This folder was deleted, or it belongs to somebody else.`}{" "}
          <Link to="/" className={`${linkClass} inline-block`}>
            {t`New chat`}
          </Link>
        </p>
      ) : null}
      {list.state === "failed" ? (
        <Notice
          title={t`The folder could not be loaded.`}
          actions={<Button onClick={retry}>{t`Try again`}</Button>}
        >
          {t`It is safe, and so is what is in it.`}
        </Notice>
      ) : null}
      {folder === null && !isGone && list.state !== "failed" ? (
        <Skeleton label={t`folder`} lines={["w-2/5", "w-full", "w-4/5", "w-3/5"]} />
      ) : null}
    </Page>
  );
}

function Contents({ uid, folder }: { uid: string; folder: Folder }) {
  const { id: folderId } = folder;
  const navigate = useNavigate();
  return (
    <div className="space-y-9">
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          onClick={() => void navigate({ to: "/", search: { folder: folderId } })}
        >
          <SquarePen size={16} aria-hidden />
          {t`New chat in this folder`}
        </Button>
        <Button
          variant="danger"
          onClick={() => {
            deleteFolder(
              folder,
              () => void navigate({ to: "/folders/$folderId", params: { folderId } }),
            );
            void navigate({ to: "/" });
          }}
        >
          <Trash2 size={16} aria-hidden />
          {t`Delete folder`}
        </Button>
      </div>
      <Section title={t`Conversations`}>
        <FolderConversations uid={uid} folderId={folderId} />
      </Section>
      <Section title={t`Name and instructions`}>
        <FolderForm folder={folder} />
      </Section>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="mb-3 text-md font-semibold">{title}</h2>
      {children}
    </section>
  );
}
