import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";

import { linkClass } from "@/ui/link";

const allowed = new Set(["http:", "https:", "mailto:"]);

/** The address of a link that may be followed; null for any other, `javascript:` and `data:` among them. */
function safeUrl(address: string | undefined): URL | null {
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
        <span className="text-sm text-ink-muted"> (leads to {url.host})</span>
      ) : null}
    </>
  );
}

/** A remote image could carry words of the conversation away: nothing is fetched before a click. */
export function RemoteImage({ src, alt }: { src?: string | undefined; alt?: string | undefined }) {
  const url = safeUrl(src);
  if (!url || url.protocol === "mailto:") return <span>{alt}</span>;
  return (
    <a
      href={url.href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      title={url.href}
      className="inline-flex max-w-full items-center gap-1.5 rounded-control border border-line px-3 py-1.5 text-sm hover:bg-hover"
    >
      <ExternalLink size={15} aria-hidden className="shrink-0 text-ink-muted" />
      <span className="truncate">
        {alt ? `${alt}: open` : "Open"} image from {url.host}
      </span>
    </a>
  );
}
