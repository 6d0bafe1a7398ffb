import { createFileRoute } from "@tanstack/react-router";

import { Page } from "@/ui/page";
import { usePageFocus } from "@/ui/page-focus";
import { Cell, Column, HeadRow, Row, Table } from "@/ui/table";

export const Route = createFileRoute("/_workspace/privacy")({ component: Privacy });

const stored: readonly [what: string, where: string, who: string, until: string][] = [
  [
    "Conversations: questions, answers, titles, summaries",
    "This workspace’s database",
    "You",
    "You delete them; ten minutes later they are gone for good",
  ],
  ["Folders: names and instructions", "This workspace’s database", "You", "You delete them"],
  [
    "Your questions, with what of the conversation and its folder goes before them",
    "The provider of the model that you choose",
    "By the provider’s own terms. A local model sends nothing anywhere",
    "By the provider’s own terms",
  ],
  [
    "Name, e-mail and picture of your account",
    "This workspace’s sign-in and your browser",
    "You and the administrators",
    "The account is deleted",
  ],
  [
    "What each call cost: model, tokens, time, price",
    "This workspace’s ledger",
    "You; the administrators, in sums",
    "It is not deleted: bills are compared with it",
  ],
  [
    "Answers for who asks exactly the same, where the administrators have switched that on",
    "This workspace’s database",
    "Nobody reads them there",
    "Their time is over",
  ],
  [
    "Ratings, the length of sessions and which functions were used, unless you said otherwise",
    "This workspace’s database",
    "The administrators, as counts",
    "Sessions: 180 days",
  ],
  ["Problems that you report", "This workspace’s database", "The administrators", "A year later"],
  [
    "Drafts, choices, and copies of conversations to read without a network",
    "Your browser",
    "Whoever uses this browser while you are signed in",
    "You sign out",
  ],
];

function Privacy() {
  const heading = usePageFocus("Privacy", "privacy");
  return (
    <Page title="What is stored where" heading={heading}>
      <p className="mb-6 max-w-prose text-ink-muted">
        This workspace runs in a Firebase project of those who invited you. Nothing of it is sent to
        the makers of ColonyCraft, and there is no tracking by anybody else. The logs have no word
        of what you write.
      </p>
      <Table caption="What is stored where">
        <HeadRow>
          {["What", "Where", "Who reads it", "Until"].map((name) => (
            <Column key={name}>{name}</Column>
          ))}
        </HeadRow>
        <tbody>
          {stored.map(([what, where, who, until]) => (
            <Row key={what} name={what}>
              <Cell>{where}</Cell>
              <Cell>{who}</Cell>
              <Cell>{until}</Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </Page>
  );
}
