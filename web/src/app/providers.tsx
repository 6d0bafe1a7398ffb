import { CSPProvider } from "@base-ui/react/csp-provider";
import { DirectionProvider } from "@base-ui/react/direction-provider";
import { useEffect, type ReactNode } from "react";

import { startPlatform } from "@/firebase/app";
import { useLanguage } from "@/i18n/language";
import { directionOf } from "@/i18n/languages";
import { takeFirstFrame } from "@/ui/first-frame";
import { loadable } from "@/ui/loadable";
import { painted } from "@/ui/painted";
import { ToastLayer } from "@/ui/notify";

const NewVersion = loadable(() => import("./new-version"));
/** A page that is as it was takes what is shown before it away itself, long before. */
const firstFrameMs = 1_000;

async function keepFirstFrame(): Promise<void> {
  await painted();
  (await import("./keep-first-frame")).keepFirstFrame();
}

export function Providers({ children }: { children: ReactNode }) {
  const { language } = useLanguage();
  useEffect(() => {
    // Who signs in must not wait for it: a window that comes long after the click is blocked.
    startPlatform().catch(() => {
      // Whatever asks a server tries again, and says what is wrong.
    });
  }, []);
  useEffect(() => {
    // Where the page is not what was there when it was left.
    const timer = setTimeout(() => void takeFirstFrame(), firstFrameMs);
    keepFirstFrame().catch(() => {
      // The next visit begins without.
    });
    return () => clearTimeout(timer);
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
