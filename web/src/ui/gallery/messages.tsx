import { Inbox } from "lucide-react";

import { Avatar } from "../avatar";
import { Badge } from "../badge";
import { Button } from "../button";
import { cardClass } from "../card";
import { Disclosure } from "../disclosure";
import { EmptyState } from "../empty-state";
import { Meter } from "../meter";
import { Notice } from "../notice";
import { Skeleton } from "../skeleton";
import { Cell, Column, HeadRow, Row, Table } from "../table";
import { Section, State } from "./section";

const months = [
  { name: "April", bees: "12,000" },
  { name: "May", bees: "31,000" },
];

export function Messages() {
  return (
    <>
      <Section title="Notice">
        <div className="w-full max-w-note space-y-3">
          <Notice title="The hive was not saved." actions={<Button>Try again</Button>}>
            What you changed is kept.
          </Notice>
          <Notice tone="warning">More was written meanwhile.</Notice>
        </div>
      </Section>
      <Section title="Disclosure">
        {(["small", "normal"] as const).map((size) => (
          <State key={size} name={size}>
            <Disclosure size={size} summary="What the hive weighed">
              <p className="mt-1 text-sm text-ink-muted">31 kg in April, 48 kg in June.</p>
            </Disclosure>
          </State>
        ))}
      </Section>
      <Section title="Badge, avatar, meter">
        {(["quiet", "accent", "warning", "danger"] as const).map((tone) => (
          <State key={tone} name={tone}>
            <Badge tone={tone}>{tone}</Badge>
          </State>
        ))}
        <State name="initials">
          <Avatar name="Ada Lovelace" photo={null} />
        </State>
        <State name="broken picture">
          <Avatar name="Grace Hopper" photo="/no-such-picture" size="size-11" />
        </State>
        {(["quiet", "warning", "danger"] as const).map((tone) => (
          <div key={tone} className={`${cardClass} w-48 px-4 py-3.5 text-sm`}>
            <p id={`meter-${tone}`} className="pb-2">
              A meter, {tone}
            </p>
            <Meter
              labelledBy={`meter-${tone}`}
              text="60 of 100"
              taken={0.6}
              reserved={0.2}
              tone={tone}
            />
          </div>
        ))}
      </Section>
      <Section title="Table">
        <div className="w-full max-w-note">
          <Table caption="Bees by month">
            <HeadRow>
              <Column>Month</Column>
              <Column number>Bees</Column>
            </HeadRow>
            <tbody>
              {months.map(({ name, bees }) => (
                <Row key={name} name={name}>
                  <Cell number>{bees}</Cell>
                </Row>
              ))}
            </tbody>
            <tfoot>
              <Row name="Total" total>
                <Cell number>43,000</Cell>
              </Row>
            </tfoot>
          </Table>
        </div>
      </Section>
      <Section title="Empty and loading">
        <EmptyState
          icon={<Inbox size={20} aria-hidden />}
          title={<h3 className="font-semibold">No bees yet.</h3>}
          actions={<Button variant="primary">Add a hive</Button>}
        >
          A hive that you add is listed here.
        </EmptyState>
        <Skeleton label="bees" className="w-full max-w-note" lines={["w-4/5", "w-full", "w-3/5"]} />
      </Section>
    </>
  );
}
