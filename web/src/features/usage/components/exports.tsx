import { Download } from "lucide-react";

import { Button } from "@/ui/button";

import type { UsageDay } from "../api/usage-days";
import { toCsv, toJson } from "../state/export";

/** The sums by day, model and feature, for other programs. */
export function Exports({ used, days }: { used: readonly UsageDay[]; days: readonly string[] }) {
  const name = `usage-${days[0]}-to-${days.at(-1)}`;
  return (
    <div className="-mx-2 flex">
      <Button
        variant="ghost"
        className="px-2"
        onClick={() => download(`${name}.csv`, "text/csv", toCsv(used))}
      >
        <Download size={16} aria-hidden />
        Export CSV
      </Button>
      <Button
        variant="ghost"
        className="px-2"
        onClick={() => download(`${name}.json`, "application/json", toJson(used))}
      >
        <Download size={16} aria-hidden />
        Export JSON
      </Button>
    </div>
  );
}

/** Long enough for a slow disk; the text is in memory until then. */
const keptMs = 10_000;

function download(name: string, type: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), keptMs);
}
