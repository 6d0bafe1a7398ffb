import { usePageFocus } from "../page-focus";
import { SegmentedControl } from "../segmented-control";
import { setTheme, themes, useTheme } from "../theme";
import { BrandTry } from "./brand-try";
import { Controls } from "./controls";
import { Layers } from "./layers";
import { Messages } from "./messages";
import { Tokens } from "./tokens";

const themeOptions = themes.map((value) => ({ value, label: value }));

/** Only in local builds: scripts/budgets.ts looks for its heading in the production build. */
export default function Gallery() {
  const { preference } = useTheme();
  const heading = usePageFocus("Parts", "parts");
  return (
    <main id="main" className="mx-auto w-full max-w-page px-5 pb-16 sm:px-8">
      <h1 ref={heading} tabIndex={-1} className="pt-8 pb-4 text-2xl font-semibold">
        Every part in all its states
      </h1>
      <div className="overflow-x-auto pb-6">
        <SegmentedControl
          legend="Theme"
          options={themeOptions}
          value={preference}
          onChange={setTheme}
        />
      </div>
      <Controls />
      <Layers />
      <Messages />
      <Tokens />
      <BrandTry />
    </main>
  );
}
