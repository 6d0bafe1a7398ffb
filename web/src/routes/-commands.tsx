// Another tab may choose how large everything is written.
import "@/ui/reading";

import { useNavigate } from "@tanstack/react-router";

import { openNewFolder } from "@/features/conversations";
import { PaletteLayer } from "@/features/palette";
import { updatePreferences } from "@/features/profile";
import { runCommand, useCommand } from "@/ui/commands";
import { loadable } from "@/ui/loadable";
import { setTheme } from "@/ui/theme";

import { leave } from "./-leave";
import { LeaveDialog } from "./-leave-dialog";

const WorkspacePalette = loadable(() => import("./-palette"));

/** The keys of every page behind the sign-in. */
export default function Commands() {
  const navigate = useNavigate();
  useCommand("new-chat", () => {
    void navigate({ to: "/" }).then(() => runCommand("focus-composer"));
  });
  useCommand("new-folder", openNewFolder);
  useCommand("open-settings", () => void navigate({ to: "/settings" }));
  useCommand("open-usage", () => void navigate({ to: "/usage" }));
  useCommand("sign-out", () => void leave());
  useCommand("switch-theme", () => {
    const theme = document.documentElement.dataset["theme"] === "dark" ? "light" : "dark";
    setTheme(theme);
    void updatePreferences({ theme });
  });
  return (
    <>
      <PaletteLayer content={WorkspacePalette} />
      <LeaveDialog />
    </>
  );
}
