import { takeFirstFrame } from "@/ui/first-frame";
import "./theme.css";

import { RouterProvider } from "@tanstack/react-router";
import { startTransition, StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { sessionStore } from "@/firebase/auth";
import { startLanguage } from "@/i18n/language";
import { nextTask } from "@/ui/tasks";
import { watchTheme } from "@/ui/theme";
import { watchTooltips } from "@/ui/tooltips";

import { ErrorPage } from "./error-page";
import { fetchAhead } from "./fetch-ahead";
import { Providers } from "./providers";
import { router } from "./router";

const container = document.getElementById("root");
if (!container) throw new Error("index.html has no #root.");
const root = createRoot(container);

/** Not at the top level: what is loaded meanwhile shares a file with this module, and would wait for it. */
async function start(): Promise<void> {
  await Promise.all([startLanguage(), fetchAhead()]);
  // What it finds out while it is drawn is drawn at once, not in parts.
  await router.load();
  // Guards of routes look at the session: whoever signs in or out is taken where they belong.
  sessionStore.subscribe(() => void router.invalidate());
  // In parts, between which the page can be used.
  startTransition(() =>
    root.render(
      <StrictMode>
        <Providers>
          <RouterProvider router={router} />
        </Providers>
      </StrictMode>,
    ),
  );
}

watchTheme();
watchTooltips();
// The first script has just been read, which takes its time.
nextTask()
  .then(start)
  .catch((error: unknown) => {
    root.render(<ErrorPage error={error} />);
    void takeFirstFrame();
  });
