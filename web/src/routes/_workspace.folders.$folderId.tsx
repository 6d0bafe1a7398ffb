import { createFileRoute } from "@tanstack/react-router";

import { usePerson } from "@/features/auth";
import { FolderPage } from "@/features/conversations";

export const Route = createFileRoute("/_workspace/folders/$folderId")({ component: FolderRoute });

function FolderRoute() {
  const { folderId } = Route.useParams();
  const { uid } = usePerson();
  return <FolderPage key={folderId} uid={uid} folderId={folderId} />;
}
