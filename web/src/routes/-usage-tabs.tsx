import { t } from "@lingui/core/macro";
import { Link } from "@tanstack/react-router";

const tabClass =
  "-mb-px inline-flex h-9 items-center border-b-2 border-transparent px-1 text-sm font-medium text-ink-muted hover:text-ink aria-[current]:border-accent aria-[current]:text-ink touch:h-11";

/** What an administrator has beside their own use. What was chosen of one means nothing to another. */
export function UsageTabs({ current }: { current: "mine" | "everyone" | "check" }) {
  const page = (tab: typeof current) => ({
    "aria-current": tab === current ? ("page" as const) : undefined,
    // By itself a link is current wherever its address begins the page's.
    activeOptions: { exact: true },
    className: tabClass,
  });
  return (
    <nav aria-label={t`Whose usage`} className="mb-7 flex gap-5 border-b border-line">
      <Link to="/usage" search={{}} {...page("mine")}>
        {t`Mine`}
      </Link>
      <Link to="/usage" search={{ of: "everyone" }} {...page("everyone")}>
        {t`Everyone`}
      </Link>
      <Link to="/usage/check" {...page("check")}>
        {t`Check`}
      </Link>
    </nav>
  );
}
