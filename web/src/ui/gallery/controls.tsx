import { Pin, Trash2, X } from "lucide-react";
import { useState } from "react";

import { Button, IconButton } from "../button";
import { CopyButton } from "../copy-button";
import { linkClass } from "../link";
import { SegmentedControl } from "../segmented-control";
import { SelectField } from "../select-field";
import { Switch } from "../switch";
import { TextArea } from "../text-area";
import { TextField } from "../text-field";
import { Section, State } from "./section";

const periods = [7, 30, 90].map((value) => ({ value, label: `${value} days` }));

export function Controls() {
  const [period, setPeriod] = useState(30);
  const [isOn, setIsOn] = useState(true);
  return (
    <>
      <Section title="Button">
        {(["primary", "secondary", "ghost", "danger"] as const).map((variant) => (
          <State key={variant} name={variant}>
            <div className="flex flex-wrap gap-2">
              <Button variant={variant}>Save</Button>
              <Button variant={variant}>
                <Pin size={16} aria-hidden />
                Pin
              </Button>
              <Button variant={variant} aria-disabled>
                Not now
              </Button>
            </div>
          </State>
        ))}
        <State name="large">
          <Button size="large" variant="primary">
            Continue
          </Button>
        </State>
        <State name="link">
          <a href="#main" className={linkClass}>
            A link in a text
          </a>
        </State>
      </Section>
      <Section title="Icon button">
        <State name="quiet, small">
          <IconButton label="Close" size="small">
            <X size={16} aria-hidden />
          </IconButton>
        </State>
        <State name="quiet, disabled">
          <IconButton label="Delete" aria-disabled>
            <Trash2 size={18} aria-hidden />
          </IconButton>
        </State>
        <State name="accent">
          <IconButton label="Send" tone="accent">
            <Pin size={18} aria-hidden />
          </IconButton>
        </State>
        <State name="accent, disabled">
          <IconButton label="Send, empty" tone="accent" aria-disabled>
            <Pin size={18} aria-hidden />
          </IconButton>
        </State>
        <State name="copy">
          <CopyButton text="Copied from the gallery" label="Copy text" />
        </State>
      </Section>
      <Section title="Fields">
        <div className="w-full max-w-form space-y-4">
          <SelectField
            label="Period"
            options={periods.map((one) => ({ ...one, value: String(one.value) }))}
            value={String(period)}
            onChange={(value) => setPeriod(Number(value))}
          />
          <TextField label="Name" placeholder="Ada" />
          <TextField label="Password" type="password" hint="At least 8 characters." />
          <TextField label="Disabled" disabled value="Cannot be changed" readOnly />
        </div>
        <div className="w-full max-w-form space-y-4">
          <TextArea label="Instructions" hint="They go before every question." problem={null} />
          <TextArea
            label="Too long"
            hint="Up to 8,000 characters."
            problem="12 characters too many."
          />
        </div>
      </Section>
      <Section title="Switch and segmented control">
        <div className="w-full max-w-form space-y-4">
          <Switch label="Sum up" hint="What no longer fits." checked={isOn} onChange={setIsOn} />
          <Switch
            label="The other way"
            hint="Off."
            checked={!isOn}
            onChange={(on) => setIsOn(!on)}
          />
        </div>
        <SegmentedControl legend="Period" options={periods} value={period} onChange={setPeriod} />
      </Section>
    </>
  );
}
