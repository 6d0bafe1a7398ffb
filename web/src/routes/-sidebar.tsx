import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import {
  ChartColumn,
  ChevronsUpDown,
  Flag,
  Keyboard,
  LogOut,
  MessageSquareHeart,
  Search,
  Settings,
  SquarePen,
  Wallet,
} from "lucide-react";
import type { ReactNode } from "react";

import { personName, usePerson, useRole } from "@/features/auth";
import { openReport } from "@/features/feedback";
import { Avatar } from "@/ui/avatar";
import { classes } from "@/ui/classes";
import { Logo } from "@/ui/logo";
import { runCommand } from "@/ui/commands";
import { Menu } from "@/ui/menu";
import { rowClass } from "@/ui/row";
import { useShell } from "@/ui/shell";

import { leave } from "./-leave";

export function Sidebar({ folders, children }: { folders: ReactNode; children: ReactNode }) {
  const { closeSidebar } = useShell();
  return (
    <>
      <div className="flex h-14 shrink-0 items-center gap-2.5 px-4.5">
        <Logo size={24} />
        <span className="font-semibold">ColonyCraft AI</span>
      </div>
      <nav aria-label={t`Main`} className="px-2.5">
        <Link
          to="/"
          className={classes(rowClass, "font-medium hover:bg-hover")}
          onClick={() => {
            closeSidebar();
            // Who is there already is not taken anywhere that would give the focus back.
            const isThere = location.pathname === "/";
            if (isThere && matchMedia("(pointer: fine)").matches) runCommand("focus-composer");
          }}
        >
          <SquarePen size={17} aria-hidden />
          {t`New chat`}
        </Link>
      </nav>
      {folders}
      <nav
        aria-labelledby="conversations-heading"
        className="mt-4 min-h-0 flex-1 overflow-y-auto px-2.5 pb-4"
      >
        <h2 id="conversations-heading" className="sr-only">
          {t`Conversations`}
        </h2>
        {children}
      </nav>
      <div className="shrink-0 border-t border-line p-2.5">
        <AccountMenu />
      </div>
    </>
  );
}

function AccountMenu() {
  const person = usePerson();
  const isAdministrator = useRole() === "admin";
  const { closeSidebar } = useShell();
  const name = personName(person);
  return (
    <Menu
      align="start"
      side="top"
      trigger={
        <button
          type="button"
          className="flex w-full items-center gap-2.5 rounded-control px-2 py-1.5 text-start hover:bg-hover data-popup-open:bg-hover touch:min-h-11"
        >
          <Avatar name={name} photo={person.photo} />
          <span className="min-w-0 flex-1 truncate text-sm font-medium">
            <Trans>
              <span className="sr-only">Account of</span> {name}
            </Trans>
          </span>
          <ChevronsUpDown size={16} aria-hidden className="shrink-0 text-ink-muted" />
        </button>
      }
      heading={person.email}
      entries={[
        {
          key: "usage",
          command: "open-usage",
          icon: <ChartColumn size={16} aria-hidden />,
          label: t`Usage`,
          link: <Link to="/usage" onClick={closeSidebar} />,
        },
        ...(isAdministrator
          ? [
              {
                key: "budgets",
                icon: <Wallet size={16} aria-hidden />,
                label: t`Budgets`,
                link: <Link to="/organisation/budgets" onClick={closeSidebar} />,
              },
              {
                key: "feedback",
                icon: <MessageSquareHeart size={16} aria-hidden />,
                label: t`Feedback`,
                link: <Link to="/organisation/feedback" onClick={closeSidebar} />,
              },
            ]
          : []),
        {
          key: "settings",
          command: "open-settings",
          icon: <Settings size={16} aria-hidden />,
          label: t`Settings`,
          link: <Link to="/settings" onClick={closeSidebar} />,
        },
        {
          key: "palette",
          command: "open-palette",
          icon: <Search size={16} aria-hidden />,
          label: t`Palette`,
          onSelect: () => runCommand("open-palette"),
        },
        {
          key: "shortcuts",
          command: "open-shortcuts",
          icon: <Keyboard size={16} aria-hidden />,
          label: t`Shortcuts`,
          onSelect: () => runCommand("open-shortcuts"),
        },
        {
          key: "report",
          icon: <Flag size={16} aria-hidden />,
          label: t`Report a problem…`,
          onSelect: () => openReport(null),
        },
        {
          key: "sign-out",
          command: "sign-out",
          icon: <LogOut size={16} aria-hidden className="rtl:-scale-x-100" />,
          label: t`Sign out`,
          onSelect: () => void leave(),
        },
      ]}
    />
  );
}
