import { t } from "@lingui/core/macro";
import { useId, useState, type FormEvent } from "react";

import { registerWithEmail, sendPasswordReset, signInWithEmail } from "@/firebase/auth";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/text-field";

type Mode = "sign-in" | "register";

function field(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === "string" ? value.trim() : "";
}

/** E-mail and password; the same form makes an account. */
export function EmailForm({
  attempt,
  busy,
  onMessage,
}: {
  /** Runs a sign-in and shows what became of it. */
  attempt: (work: () => Promise<void>) => void;
  busy: boolean;
  onMessage: (message: string) => void;
}) {
  const [mode, setMode] = useState<Mode>("sign-in");
  const form = useId();

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const target = event.currentTarget;
    const email = field(target, "email");
    const password = new FormData(target).get("password");
    if (typeof password !== "string") return;
    attempt(() =>
      mode === "sign-in"
        ? signInWithEmail(email, password)
        : registerWithEmail(field(target, "name"), email, password),
    );
  }

  function reset() {
    const target = document.getElementById(form);
    if (!(target instanceof HTMLFormElement)) return;
    const email = field(target, "email");
    if (email === "") {
      onMessage(t`Type your e-mail address first; the link to choose a new password goes there.`);
      return;
    }
    attempt(async () => {
      await sendPasswordReset(email);
      onMessage(t`If ${email} has an account, a link to choose a new password is on its way.`);
    });
  }

  return (
    <form id={form} onSubmit={submit} className="space-y-4">
      {mode === "register" ? (
        <TextField label={t`Name`} name="name" autoComplete="name" required maxLength={100} />
      ) : null}
      <TextField label={t`E-mail`} name="email" type="email" autoComplete="email" required />
      <TextField
        label={t`Password`}
        name="password"
        type="password"
        autoComplete={mode === "sign-in" ? "current-password" : "new-password"}
        required
        {...(mode === "register" ? { minLength: 8, hint: t`At least 8 characters.` } : {})}
      />
      <Button type="submit" variant="primary" size="large" className="w-full" disabled={busy}>
        {mode === "sign-in" ? t`Sign in` : t`Create account`}
      </Button>
      <div className="-mx-3.5 flex flex-wrap justify-between">
        <Button
          variant="ghost"
          onClick={() => setMode(mode === "sign-in" ? "register" : "sign-in")}
        >
          {mode === "sign-in" ? t`Create an account` : t`I have an account`}
        </Button>
        {mode === "sign-in" ? (
          <Button variant="ghost" onClick={reset}>
            {t`Forgot the password?`}
          </Button>
        ) : null}
      </div>
    </form>
  );
}
