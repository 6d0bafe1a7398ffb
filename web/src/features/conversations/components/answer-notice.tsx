import { t } from "@lingui/core/macro";
import { useState } from "react";

import { Switch } from "@/ui/switch";

import { sound, soundsForAnswers, tellsOfAnswers } from "../state/unread";

/** Whether the browser says when an answer has ended while one was elsewhere, and whether it sounds. */
export function AnswerNotice() {
  const { value } = tellsOfAnswers.use();
  const { value: isHeard } = soundsForAnswers.use();
  const [isRefused, setRefused] = useState(false);
  async function choose(wanted: boolean) {
    const isAllowed = wanted && (await Notification.requestPermission()) === "granted";
    tellsOfAnswers.set(isAllowed);
    setRefused(wanted && !isAllowed);
  }
  return (
    <>
      <Switch
        label={t`Say when an answer is finished`}
        hint={t`By a notification of this browser, while you are in another tab or program.`}
        checked={value}
        onChange={(wanted) => void choose(wanted)}
      />
      <p role="status" className="text-sm text-danger not-empty:mt-2">
        {isRefused ? t`The browser does not allow notifications of this page.` : null}
      </p>
      <Switch
        label={t`Sound when an answer is finished`}
        hint={t`Two short tones, while you are in another tab or program.`}
        checked={isHeard}
        onChange={(wanted) => {
          soundsForAnswers.set(wanted);
          // So one knows it, and the browser knows that it is wanted.
          if (wanted) void sound();
        }}
      />
    </>
  );
}
