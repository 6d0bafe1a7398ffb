import { t } from "@lingui/core/macro";
import { useState } from "react";

import { signInWithProvider, type ProviderId } from "@/firebase/auth";
import { Button } from "@/ui/button";
import { loadable } from "@/ui/loadable";
import { Logo } from "@/ui/logo";
import { Notice } from "@/ui/notice";
import { usePageFocus } from "@/ui/page-focus";

import { signInProblem } from "../api/sign-in-errors";
import { BrandPanel } from "./brand-panel";
import { EmailForm } from "./email-form";
import { GitHubMark, GoogleMark } from "./provider-marks";

const AccountChooser =
  import.meta.env.MODE === "emulator" ? loadable(() => import("./account-chooser")) : null;

/** Three ways in. The router moves on by itself once somebody is signed in. */
export function SignIn() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [message, setMessage] = useState<string | null>(null);
  const [choosing, setChoosing] = useState<ProviderId | null>(null);
  const heading = usePageFocus(t`Sign in`, "sign-in");

  function attempt(work: () => Promise<void>) {
    setBusy(true);
    setProblem(null);
    setMessage(null);
    setChoosing(null);
    work()
      .catch((error: unknown) => setProblem(signInProblem(error)))
      .finally(() => setBusy(false));
  }

  function chooseProvider(provider: ProviderId) {
    if (AccountChooser) setChoosing(provider);
    else attempt(() => signInWithProvider(provider));
  }

  return (
    <main className="grid min-h-dvh lg:grid-cols-[minmax(0,1fr)_minmax(0,1.05fr)]">
      <div className="flex flex-col px-6 py-8 sm:px-10">
        <div className="flex items-center gap-2.5">
          <Logo />
          <span className="font-semibold">ColonyCraft AI</span>
        </div>
        <div className="mx-auto flex w-full max-w-form flex-1 flex-col justify-center py-10">
          <h1 ref={heading} tabIndex={-1} className="text-2xl font-semibold">
            {t`Sign in`}
          </h1>
          <p className="mt-1.5 mb-7 text-ink-muted">{t`Your team’s workspace for AI.`}</p>
          <div className="space-y-3">
            <Button
              size="large"
              className="w-full"
              disabled={busy}
              onClick={() => chooseProvider("google.com")}
            >
              <GoogleMark />
              {t`Continue with Google`}
            </Button>
            <Button
              size="large"
              className="w-full"
              disabled={busy}
              onClick={() => chooseProvider("github.com")}
            >
              <GitHubMark />
              {t`Continue with GitHub`}
            </Button>
          </div>
          <div className="my-6 flex items-center gap-3 text-xs text-ink-muted">
            <span className="h-px flex-1 bg-line" />
            {t`or with e-mail`}
            <span className="h-px flex-1 bg-line" />
          </div>
          <EmailForm attempt={attempt} busy={busy} onMessage={setMessage} />
          <div aria-live="polite" className="mt-5">
            {problem ? <Notice>{problem}</Notice> : null}
            {message ? <Notice tone="warning">{message}</Notice> : null}
          </div>
        </div>
      </div>
      <BrandPanel />
      {AccountChooser && choosing ? (
        <AccountChooser provider={choosing} onClose={() => setChoosing(null)} attempt={attempt} />
      ) : null}
    </main>
  );
}
