import { t } from "@lingui/core/macro";
import { createFileRoute } from "@tanstack/react-router";

import { Page } from "@/ui/page";
import { usePageFocus } from "@/ui/page-focus";

export const Route = createFileRoute("/_workspace/privacy")({ component: Privacy });

const stored = (): readonly [what: string, where: string, who: string, until: string][] => [
  [
    t`Conversations: questions, answers, titles, summaries`,
    t`This workspace’s database`,
    t`You`,
    t`You delete them; ten minutes later they are gone for good`,
  ],
  [t`Folders: names and instructions`, t`This workspace’s database`, t`You`, t`You delete them`],
  [
    t`Your questions, with what of the conversation and its folder goes before them`,
    t`The provider of the model that you choose`,
    t`By the provider’s own terms. A local model sends nothing anywhere`,
    t`By the provider’s own terms`,
  ],
  [
    t`Name, e-mail and picture of your account`,
    t`This workspace’s sign-in and your browser`,
    t`You and the administrators`,
    t`The account is deleted`,
  ],
  [
    t`What each call cost: model, tokens, time, price`,
    t`This workspace’s ledger`,
    t`You; the administrators, in sums`,
    t`It is not deleted: bills are compared with it`,
  ],
  [
    t`Keys that you make for programs: name, days, a hash of the secret`,
    t`This workspace’s database`,
    t`You and the administrators, without the hash`,
    t`It is not deleted: the ledger names its id`,
  ],
  [
    t`Answers for who asks exactly the same, where the administrators have switched that on`,
    t`This workspace’s database`,
    t`Nobody reads them there`,
    t`Their time is over`,
  ],
  [
    t`Ratings, the length of sessions and which functions were used, unless you said otherwise`,
    t`This workspace’s database`,
    t`The administrators, as counts`,
    t`Sessions: 180 days`,
  ],
  [
    t`Problems that you report`,
    t`This workspace’s database`,
    t`The administrators`,
    t`A year later`,
  ],
  [
    t`Drafts, choices, and copies of conversations to read without a network`,
    t`Your browser`,
    t`Whoever uses this browser while you are signed in`,
    t`You sign out`,
  ],
];

function Privacy() {
  const heading = usePageFocus(t`Privacy`, "privacy");
  return (
    <Page title={t`What is stored where`} heading={heading}>
      <p className="mb-6 max-w-prose text-ink-muted">
        {t`This workspace runs in a Firebase project of those who invited you. Nothing of it is sent to the makers of ColonyCraft, and there is no tracking by anybody else. The logs have no word of what you write.`}
      </p>
      <ul className="divide-y divide-line border-y border-line">
        {stored().map(([what, where, who, until]) => (
          <li
            key={what}
            className="grid gap-x-8 gap-y-2 py-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)] lg:items-baseline"
          >
            <h2 className="font-medium">{what}</h2>
            <dl className="grid grid-cols-[minmax(--spacing(22),auto)_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
              <dt className="text-ink-muted">{t`Where`}</dt>
              <dd>{where}</dd>
              <dt className="text-ink-muted">{t`Who reads it`}</dt>
              <dd>{who}</dd>
              <dt className="text-ink-muted">{t`Until`}</dt>
              <dd>{until}</dd>
            </dl>
          </li>
        ))}
      </ul>
    </Page>
  );
}
