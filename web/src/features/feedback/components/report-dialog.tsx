import { t } from "@lingui/core/macro";
import { useState } from "react";

import { call } from "@/contract/call";
import { problemOf } from "@/contract/errors";
import { formatNumber } from "@/i18n/format";
import { Button } from "@/ui/button";
import { Dialog, dialogEndClass } from "@/ui/dialog";
import { Notice } from "@/ui/notice";
import { notify } from "@/ui/notify";
import { Switch } from "@/ui/switch";
import { TextArea } from "@/ui/text-area";

import { closeReport, forgetReport, useReport, writeReport } from "../state/open-report";
import { longestReport, reportOf } from "../state/report";
import { ReportPreview } from "./report-preview";

/** Closed, it keeps what was written. */
export default function ReportDialog() {
  const { text, answer, requestId } = useReport();
  const [withAnswer, setWithAnswer] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const report = reportOf(text, withAnswer ? answer : null);
  const problem =
    report.text.length > longestReport
      ? t`At most ${{ limit: formatNumber(longestReport) }} characters.`
      : null;
  const canSend = report.text !== "" && problem === null && !isSending;

  async function send() {
    if (!canSend) return;
    setIsSending(true);
    setRefusal(null);
    try {
      await call("feedback.report", { requestId, ...report });
      forgetReport();
      notify(t`Thank you. The administrators of this workspace can read your report.`);
    } catch (error) {
      setRefusal(problemOf(error).message);
      setIsSending(false);
    }
  }

  return (
    <Dialog
      open
      wide
      title={t`Report a problem`}
      description={t`It goes to the administrators of this workspace, and to nobody else.`}
      onOpenChange={(open) => {
        if (!open) closeReport();
      }}
    >
      <form
        className="space-y-5"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <TextArea
          label={t`What happened?`}
          hint={t`And what did you expect?`}
          problem={problem}
          rows={5}
          value={text}
          onChange={(event) => writeReport(event.target.value)}
        />
        {answer === null ? null : (
          <Switch
            label={t`Send the answer as well`}
            hint={t`Its text, without your question.`}
            checked={withAnswer}
            onChange={setWithAnswer}
          />
        )}
        <ReportPreview report={report} />
        {refusal !== null ? (
          <div role="alert">
            <Notice title={t`This was not sent.`}>
              {refusal} {t`What you wrote is kept.`}
            </Notice>
          </div>
        ) : null}
        <div className={`flex justify-end ${dialogEndClass}`}>
          <Button type="submit" variant="primary" aria-disabled={!canSend}>
            {isSending ? t`Sending …` : t`Send`}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
