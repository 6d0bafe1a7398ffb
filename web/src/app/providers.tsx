import { CSPProvider } from "@base-ui/react/csp-provider";
import { DirectionProvider } from "@base-ui/react/direction-provider";
import { useEffect, type ReactNode } from "react";

import { startPlatform } from "@/firebase/app";
import { useLanguage } from "@/i18n/language";
import { directionOf } from "@/i18n/languages";
import { loadable } from "@/ui/loadable";
import { ToastLayer } from "@/ui/notify";

const NewVersion = loadable(() => import("./new-version"));

export function Providers({ children }: { children: ReactNode }) {
  const { language } = useLanguage();
  useEffect(() => {
    // Who signs in must not wait for it: a window that comes long after the click is blocked.
    startPlatform().catch(() => {
      // Whatever asks a server tries again, and says what is wrong.
    });
  }, []);
  return (
    <CSPProvider disableStyleElements>
      {/* Texts are looked up as they are drawn: in another language all is drawn anew. */}
      <DirectionProvider key={language} direction={directionOf(language)}>
        {children}
        <ToastLayer />
        <NewVersion />
      </DirectionProvider>
    </CSPProvider>
  );
}
