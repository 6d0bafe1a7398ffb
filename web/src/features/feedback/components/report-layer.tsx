import { loadable } from "@/ui/loadable";

import { useReport } from "../state/open-report";

const ReportDialog = loadable(() => import("./report-dialog"));

/** The dialog in which a problem is reported, while it is open. */
export function ReportLayer() {
  const isOpen = useReport((report) => report.isOpen);
  return isOpen ? <ReportDialog /> : null;
}
