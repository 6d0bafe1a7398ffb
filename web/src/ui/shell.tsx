import { t } from "@lingui/core/macro";
import { Menu as MenuIcon, WifiOff } from "lucide-react";
import { createContext, use, useMemo, useState, type ReactNode } from "react";

import { IconButton } from "./button";
import { loadable } from "./loadable";
import { useMedia } from "./media";
import { useOnline } from "./online";

interface ShellContext {
  /** Null where the sidebar has its own column. */
  openSidebar: (() => void) | null;
  closeSidebar: () => void;
}

const Drawer = loadable(() => import("./drawer"));
export const preloadDrawer = Drawer.preload;

const Context = createContext<ShellContext>({ openSidebar: null, closeSidebar: () => {} });

/** The frame of every page behind the sign-in: sidebar, offline banner, page. */
export function Shell({ sidebar, children }: { sidebar: ReactNode; children: ReactNode }) {
  const wide = useMedia("(min-width: 48rem)");
  const [open, setOpen] = useState(false);
  const online = useOnline();
  const context = useMemo<ShellContext>(
    () => ({
      openSidebar: wide ? null : () => setOpen(true),
      closeSidebar: () => setOpen(false),
    }),
    [wide],
  );
  return (
    <Context value={context}>
      <a
        href="#main"
        className="fixed start-3 top-3 z-50 -translate-y-20 rounded-control bg-raised px-4 py-2 text-sm font-medium focus:translate-y-0 focus:shadow-high"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById("main")?.focus();
        }}
      >
        {t`Skip to content`}
      </a>
      <div className="flex h-dvh">
        {wide ? (
          <aside
            aria-label={t`Sidebar`}
            className="flex w-68 shrink-0 flex-col border-e border-line bg-surface"
          >
            {sidebar}
          </aside>
        ) : (
          <Drawer open={open} onOpenChange={setOpen} title={t`Conversations and settings`}>
            {sidebar}
          </Drawer>
        )}
        <div className="flex min-w-0 flex-1 flex-col">
          <div role="status">
            {online ? null : (
              <p className="flex items-center justify-center gap-2 bg-warning-wash px-4 py-2 text-center text-sm">
                <WifiOff size={16} aria-hidden className="shrink-0" />
                {t`You are offline. What was loaded can be read; questions wait until you are back.`}
              </p>
            )}
          </div>
          <main id="main" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
            {children}
          </main>
        </div>
      </div>
    </Context>
  );
}

export function useShell(): ShellContext {
  return use(Context);
}

/** The line at the top of a page; on a narrow screen it opens the sidebar. */
export function PageHeader({ children }: { children: ReactNode }) {
  const { openSidebar } = useShell();
  return (
    <header className="relative z-10 flex h-14 shrink-0 items-center gap-1 px-3 after:pointer-events-none after:absolute after:start-0 after:end-4 after:top-full after:h-4 after:bg-linear-to-b after:from-canvas sm:px-5">
      {openSidebar ? (
        <IconButton label={t`Open sidebar`} onClick={openSidebar} className="-ms-1">
          <MenuIcon size={20} aria-hidden />
        </IconButton>
      ) : null}
      {children}
    </header>
  );
}
