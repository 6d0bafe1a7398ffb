import { CSPProvider } from "@base-ui/react/csp-provider";
import { DirectionProvider } from "@base-ui/react/direction-provider";
import type { ReactNode } from "react";

import { useLanguage } from "@/i18n/language";
import { directionOf } from "@/i18n/languages";
import { loadable } from "@/ui/loadable";
import { ToastLayer } from "@/ui/notify";

const NewVersion = loadable(() => import("./new-version"));

export function Providers({ children }: { children: ReactNode }) {
  const { language } = useLanguage();
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
