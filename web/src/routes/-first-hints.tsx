import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { KeyRound, Keyboard, ShieldCheck, X } from "lucide-react";
import type { ReactNode } from "react";

import { useRole } from "@/features/auth";
import { useConversationList } from "@/features/conversations";
import { isLocal } from "@/firebase/configuration";
import { IconButton } from "@/ui/button";
import { keptChoice } from "@/ui/kept";
import { keyNames } from "@/ui/keys";
import { linkClass } from "@/ui/link";
import { useMedia } from "@/ui/media";
import { useKeys } from "@/ui/shortcuts";

const putAway = keptChoice("first-hints-put-away", false, (kept) =>
  typeof kept === "boolean" ? kept : undefined,
);

/** What is good to know before the first conversation. There is none of it after that, or once it is put away. */
export default function FirstHints({ uid }: { uid: string }) {
  const { list } = useConversationList(uid);
  const { value: isPutAway } = putAway.use();
  const isAdministrator = useRole() === "admin";
  const hasKeyboard = useMedia("(pointer: fine)");
  const keys = useKeys();
  // What only this browser does not have may be on the server.
  const isFirst = list.state === "ready" && !list.fromCache && list.value.length === 0;
  if (isPutAway || !isFirst) return null;
  const [palette, shortcuts] = [keys("open-palette"), keys("open-shortcuts")];
  return (
    <aside
      aria-label={t`Good to know`}
      className="mx-auto mt-8 flex max-w-measure items-start gap-2 px-4 text-sm text-ink-muted"
    >
      <ul className="min-w-0 flex-1 space-y-2 text-pretty">
        {hasKeyboard && palette && shortcuts ? (
          <Hint icon={<Keyboard size={16} aria-hidden />}>
            <Trans>
              <Keys keys={palette} /> finds conversations, models and whatever can be done here;{" "}
              <Keys keys={shortcuts} /> shows all keys.
            </Trans>
          </Hint>
        ) : null}
        <Hint icon={<ShieldCheck size={16} aria-hidden />}>
          {t`Your conversations stay in this workspace; the provider of the model that you choose gets your questions.`}{" "}
          <Link to="/privacy" className={`${linkClass} inline-block`}>
            {t`What is stored where`}
          </Link>
        </Hint>
        {isAdministrator ? (
          <Hint icon={<KeyRound size={16} aria-hidden />}>
            {isLocal
              ? t`A provider’s models are offered once its key is in functions/.secret.local.`
              : t`A provider’s models are offered once its key is a secret of the deployment.`}
          </Hint>
        ) : null}
      </ul>
      <IconButton
        label={t`Put these hints away`}
        size="small"
        className="-mt-1.5"
        onClick={() => putAway.set(true)}
      >
        <X size={16} aria-hidden />
      </IconButton>
    </aside>
  );
}

function Hint({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex gap-2.5 [&>svg]:mt-0.5 [&>svg]:shrink-0">
      {icon}
      <span>{children}</span>
    </li>
  );
}

function Keys({ keys }: { keys: string }) {
  return <kbd className="font-sans font-medium text-ink">{keyNames(keys).join(" ")}</kbd>;
}
