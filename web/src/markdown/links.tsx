import { t } from "@lingui/core/macro";
import type { ReactNode } from "react";

import { linkClass } from "@/ui/link";

const allowed = new Set(["http:", "https:", "mailto:"]);

/** The address of a link that may be followed; null for any other, `javascript:` and `data:` among them. */
export function safeUrl(address: string | undefined): URL | null {
  if (!address) return null;
  try {
    // Without a base: a model's relative link would lead into this app.
    const url = new URL(address);
    return allowed.has(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

function textOf(node: ReactNode): string {
  if (typeof node === "string") return node;
  return Array.isArray(node) ? node.map(textOf).join("") : "";
}

/** Whether a link's text looks like an address of another host than where it leads. */
function misleads(text: string, url: URL): boolean {
  const host = /(?:https?:\/\/)?((?:[\w-]+\.)+[a-z]{2,})/i.exec(text)?.[1];
  return host !== undefined && url.host !== "" && host.toLowerCase() !== url.hostname;
}

export function Link({ href, children }: { href?: string | undefined; children?: ReactNode }) {
  const url = safeUrl(href);
  if (!url) return <span>{children}</span>;
  return (
    <>
      <a
        href={url.href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        title={url.href}
        className={linkClass}
      >
        {children}
      </a>
      {misleads(textOf(children), url) ? (
        <span className="text-sm text-ink-muted"> {t`(leads to ${{ host: url.host }})`}</span>
      ) : null}
    </>
  );
}
