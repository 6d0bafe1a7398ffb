import { i18n, type MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

import { authErrorCode } from "@/firebase/auth";

const sayings: Record<string, MessageDescriptor> = {
  "auth/invalid-credential": msg`The e-mail address or the password is not right. Try again, or reset the password.`,
  "auth/wrong-password": msg`The e-mail address or the password is not right. Try again, or reset the password.`,
  "auth/user-not-found": msg`The e-mail address or the password is not right. Try again, or create an account.`,
  "auth/invalid-email": msg`This is not an e-mail address.`,
  "auth/email-already-in-use": msg`There is an account with this e-mail address already. Sign in instead.`,
  "auth/weak-password": msg`The password is too short: use at least 8 characters.`,
  "auth/too-many-requests": msg`Too many tries. Wait a few minutes, or reset the password.`,
  "auth/user-disabled": msg`This account has been suspended. Ask an administrator.`,
  "auth/account-exists-with-different-credential": msg`This e-mail address belongs to an account that signs in another way. Use that way.`,
  "auth/network-request-failed": msg`The sign-in service could not be reached. Check the connection and try again.`,
  "auth/popup-blocked": msg`The browser blocked the sign-in window. Allow pop-ups for this page and try again.`,
  "auth/operation-not-allowed": msg`This way of signing in is not switched on for this workspace.`,
};

const closedByPerson = new Set(["auth/popup-closed-by-user", "auth/cancelled-popup-request"]);

/** What to say about a failed sign-in; null when the person closed the window themselves. */
export function signInProblem(error: unknown): string | null {
  const code = authErrorCode(error);
  if (code !== null && closedByPerson.has(code)) return null;
  return i18n._(
    sayings[code ?? ""] ??
      msg`Signing in did not work. Try again; if it stays so, reload the page.`,
  );
}
