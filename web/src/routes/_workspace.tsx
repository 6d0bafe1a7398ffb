import { createFileRoute, Outlet, redirect } from "@tanstack/react-router";
import { useEffect } from "react";

import { usePerson } from "@/features/auth";
import {
  ConversationList,
  ConversationMemory,
  FolderDialogs,
  FolderList,
} from "@/features/conversations";
import { ReportLayer, useSession } from "@/features/feedback";
import { FallbackPicker } from "@/features/models";
import { usePreferences, useSynchronisedLook } from "@/features/profile";
import { sessionStore } from "@/firebase/auth";
import { loadable } from "@/ui/loadable";
import { rowClass } from "@/ui/row";
import { Shell } from "@/ui/shell";

import { openOutbox } from "./-outbox";
import { preloadParts } from "./-preload";
import { Sidebar } from "./-sidebar";

const Commands = loadable(() => import("./-commands"));

export const Route = createFileRoute("/_workspace")({
  beforeLoad({ location }) {
    if (sessionStore.get().state === "signed-in") return;
    const to = location.href;
    throw redirect({ to: "/sign-in", search: to === "/" ? {} : { to } });
  },
  component: Workspace,
});

function Workspace() {
  const { uid } = usePerson();
  useSynchronisedLook(uid);
  useSession(usePreferences(uid)?.metrics === true);
  useEffect(preloadParts, []);
  useEffect(() => openOutbox(uid), [uid]);
  return (
    <>
      <Shell
        sidebar={
          <Sidebar folders={<FolderList uid={uid} fallback={<div className={rowClass} />} />}>
            <ConversationList uid={uid} />
          </Sidebar>
        }
      >
        <Outlet />
      </Shell>
      <ConversationMemory fallbackPicker={FallbackPicker} />
      <FolderDialogs uid={uid} />
      <Commands />
      <ReportLayer />
    </>
  );
}
