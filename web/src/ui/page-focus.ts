import { t } from "@lingui/core/macro";
import { useEffect, useRef, type RefObject } from "react";

let firstPage = true;

/**
 * Gives a page its title, and moves the focus to its heading when one came here from another page:
 * a screen reader then says where it is. `skip` leaves the focus to the page (a new chat's composer).
 */
export function usePageFocus(
  title: string,
  pageKey: string,
  skip = false,
): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = t`${title} – ColonyCraft AI`;
  }, [title]);
  useEffect(() => {
    if (!firstPage && !skip) heading.current?.focus({ preventScroll: true });
    firstPage = false;
    // Only another page moves the focus.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [pageKey]);
  return heading;
}
