import { useEffect, useState } from "react";

import { brandOf } from "../brand";
import { TextField } from "../text-field";
import { Section } from "./section";

/** Shows all of this page in another brand's colour, or why that one cannot be taken. */
export function BrandTry() {
  const [hex, setHex] = useState("");
  const brand = hex === "" ? null : brandOf(hex);
  const css = brand?.ok ? brand.css : "";
  useEffect(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets.push(sheet);
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    };
  }, [css]);
  return (
    <Section title="Brand">
      <div className="w-full max-w-form">
        <TextField
          label="Colour"
          placeholder="#0b57d0"
          value={hex}
          onChange={(event) => setHex(event.target.value)}
        />
        <p role="status" className="pt-1.5 text-sm text-danger">
          {brand && !brand.ok ? brand.problem : null}
        </p>
      </div>
    </Section>
  );
}
