/** A language of local builds alone: the source texts, each letter with an accent. */
import type { Messages } from "@lingui/core";

import { messages as source } from "./locales/en.po";

type CompiledMessage = Messages[string];

const plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const accented = "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž";

function accent(text: string): string {
  // The marks of elements stay what they are.
  return text.replace(/<\/?\d+\/?>|[A-Za-z]/g, (part) => accented[plain.indexOf(part)] ?? part);
}

/** A token of a plural or a choice holds a message for each case; of others only the name is known. */
function accentTokens(tokens: CompiledMessage): CompiledMessage {
  if (typeof tokens === "string") return accent(tokens);
  return tokens.map((token) => {
    if (typeof token === "string") return accent(token);
    const [name, kind, cases] = token as [string, string?, Record<string, CompiledMessage>?];
    if (kind === undefined || cases === undefined) return token;
    const changed = Object.entries(cases).map(([key, text]) => [
      key,
      typeof text === "number" ? text : accentTokens(text),
    ]);
    return [name, kind, Object.fromEntries(changed)];
  }) as CompiledMessage;
}

export const messages: Messages = Object.fromEntries(
  Object.entries(source).map(([id, message]) => [id, accentTokens(message)]),
);
