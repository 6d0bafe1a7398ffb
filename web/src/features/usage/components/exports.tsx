import { t } from "@lingui/core/macro";
import { Download } from "lucide-react";

import { Button } from "@/ui/button";
import { download } from "@/ui/download";

import { toCsv, toJson, type Table } from "../state/export";

/** Sums for other programs; `name` is that of the file. */
export function Exports({ name, table }: { name: string; table: Table }) {
  return (
    <div className="ms-auto -me-3.5 flex flex-wrap justify-end">
      <Button variant="ghost" onClick={() => download(`${name}.csv`, "text/csv", toCsv(table))}>
        <Download size={16} aria-hidden />
        {t`Export CSV`}
      </Button>
      <Button
        variant="ghost"
        onClick={() => download(`${name}.json`, "application/json", toJson(table))}
      >
        <Download size={16} aria-hidden />
        {t`Export JSON`}
      </Button>
    </div>
  );
}
