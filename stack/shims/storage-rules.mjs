// Stands in for Google's Storage rules runtime, which is a download: speaks its protocol (one
// JSON object a line) and denies every client, which is what storage.rules says. Servers, with
// their own credentials, never ask it.
import { createInterface } from "node:readline";

const answer = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

answer({ id: -1, action: "", status: "ok" });

createInterface({ input: process.stdin }).on("line", (line) => {
  if (!line.trim()) return;
  const { id, action } = JSON.parse(line);
  const result = action === "verify" ? { permit: false } : { rulesVersion: 2 };
  answer({ id, action, status: "ok", result, errors: [], warnings: [] });
});
process.on("SIGINT", () => process.exit(0));
