import { t } from "@lingui/core/macro";
import { ExternalLink, Image } from "lucide-react";
import { useState } from "react";

import { useImagesOf } from "./image-hosts";

/**
 * A remote image could carry words of the conversation away: nothing is fetched before a click, on it
 * or on one of the same host for all of that, and then by a page of its own, which knows the image's
 * address and nothing else. This one may load no image from elsewhere.
 */
export function RemoteImage({ url, alt }: { url: URL; alt: string }) {
  const [isWanted, setWanted] = useState(false);
  const [areShown, showAll] = useImagesOf(url.origin);
  if (isWanted || areShown) {
    return (
      <>
        <iframe
          title={
            alt
              ? t`${{ name: alt }}, from ${{ host: url.host }}`
              : t`Image, from ${{ host: url.host }}`
          }
          src="/sandbox/image.html"
          loading="lazy"
          sandbox="allow-scripts"
          referrerPolicy="no-referrer"
          className="block h-72 w-full rounded-control border border-line"
          onLoad={(event) => event.currentTarget.contentWindow?.postMessage(url.href, "*")}
        />
        {showAll ? (
          <button
            type="button"
            className="-ms-1.5 rounded-md px-1.5 py-1 text-xs text-ink-muted underline underline-offset-3 hover:bg-hover hover:text-ink touch:min-h-11"
            onClick={() => {
              // The one at which this is said stays.
              setWanted(true);
              showAll(!areShown);
            }}
          >
            {areShown
              ? t`Ask before showing images from ${{ host: url.host }}`
              : t`Show all from ${{ host: url.host }} in this conversation`}
          </button>
        ) : null}
      </>
    );
  }
  return (
    <span className="inline-flex max-w-full items-center rounded-control border border-line">
      <button
        type="button"
        title={url.href}
        className="inline-flex min-w-0 items-center gap-1.5 rounded-control px-3 py-1.5 text-sm hover:bg-hover touch:min-h-11"
        onClick={() => setWanted(true)}
      >
        <Image size={15} aria-hidden className="shrink-0 text-ink-muted" />
        <span className="truncate">
          {alt
            ? t`${{ name: alt }}: load image from ${{ host: url.host }}`
            : t`Load image from ${{ host: url.host }}`}
        </span>
      </button>
      <a
        href={url.href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        aria-label={t`Open the image at ${{ host: url.host }}`}
        className="inline-flex size-8 shrink-0 items-center justify-center rounded-control text-ink-muted hover:bg-hover touch:size-11"
      >
        <ExternalLink size={15} aria-hidden className="rtl:-scale-x-100" />
      </a>
    </span>
  );
}
