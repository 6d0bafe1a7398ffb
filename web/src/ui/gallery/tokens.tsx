import { Section, State } from "./section";

const colours = {
  Planes: ["canvas", "surface", "raised", "code", "hover", "selected"],
  Ink: ["ink", "ink-muted", "line", "control"],
  Accent: ["accent", "accent-strong", "accent-ink", "accent-wash"],
  States: ["danger", "danger-wash", "warning", "warning-ink", "warning-wash"],
  "Logo and panel": ["mark", "mark-line", "panel", "panel-ink", "panel-ink-muted"],
};

const sizes = [
  "text-3xl",
  "text-2xl",
  "text-xl",
  "text-lg",
  "text-md",
  "text-base",
  "text-sm",
  "text-xs",
  "text-2xs",
];

export function Tokens() {
  return (
    <>
      <Section title="Colours">
        {Object.entries(colours).map(([group, names]) => (
          <State key={group} name={group}>
            <ul className="flex flex-wrap gap-2">
              {names.map((name) => (
                <li key={name} className="w-20 text-2xs">
                  <span
                    className="mb-1 block h-10 rounded-control border border-line"
                    style={{ background: `var(--${name})` }}
                  />
                  {name}
                </li>
              ))}
            </ul>
          </State>
        ))}
      </Section>
      <Section title="Type">
        <ul className="space-y-1">
          {sizes.map((size) => (
            <li key={size} className={size}>
              {size}: bees keep their books
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Space, radius, shadow">
        <State name="4, 8, 12, 16, 24, 32">
          <div className="flex items-end gap-2">
            {["size-1", "size-2", "size-3", "size-4", "size-6", "size-8"].map((size) => (
              <span key={size} className={`${size} bg-accent`} />
            ))}
          </div>
        </State>
        {["rounded-md", "rounded-control", "rounded-card", "rounded-bubble"].map((radius) => (
          <State key={radius} name={radius}>
            <div className={`${radius} h-12 w-24 border border-control bg-raised`} />
          </State>
        ))}
        {["shadow-low", "shadow-high"].map((shadow) => (
          <State key={shadow} name={shadow}>
            <div className={`${shadow} h-12 w-24 rounded-card bg-raised`} />
          </State>
        ))}
      </Section>
    </>
  );
}
