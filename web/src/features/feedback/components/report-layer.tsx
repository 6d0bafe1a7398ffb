import { lazy, Suspense } from "react";

import { useReport } from "../state/open-report";

const ReportDialog = lazy(() => import("./report-dialog"));

/** The dialog in which a problem is reported, while it is open. */
export function ReportLayer() {
  const isOpen = useReport((report) => report.isOpen);
  if (!isOpen) return null;
  return (
    <Suspense>
      <ReportDialog />
    </Suspense>
  );
}
