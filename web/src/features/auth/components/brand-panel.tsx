import { t } from "@lingui/core/macro";

/** What the product promises, beside the form where there is room. */
export function BrandPanel() {
  return (
    <aside
      aria-label={t`About ColonyCraft AI`}
      className="relative m-3 hidden overflow-hidden rounded-bubble bg-panel text-panel-ink lg:block"
    >
      <svg className="absolute inset-0 size-full" aria-hidden focusable="false">
        <defs>
          <pattern id="comb" width="84" height="145.5" patternUnits="userSpaceOnUse">
            <path
              d="M0 24.25 42 0 84 24.25V72.75L42 97 0 72.75zM42 97v48.5"
              className="fill-none stroke-mark-line/16"
              strokeWidth="1.5"
            />
          </pattern>
        </defs>
        <rect width="100%" height="100%" fill="url(#comb)" />
        <path
          d="M294 145.5 336 169.75v48.5L294 242.5l-42-24.25v-48.5z"
          className="fill-mark-line/20"
        />
        <path d="M168 363.75 210 388v48.5l-42 24.25L126 436.5V388z" className="fill-mark-line/10" />
      </svg>
      <div className="relative flex h-full flex-col justify-end p-12">
        <p className="max-w-note text-3xl font-semibold text-balance">
          {t`Many models. One place. Every answer accounted for.`}
        </p>
        <ul className="mt-8 max-w-note space-y-2.5 text-panel-ink-muted">
          <li>{t`Each answer carries a receipt: model, tokens, cost, time.`}</li>
          <li>{t`Conversations follow you: a reload, a second tab, your phone.`}</li>
          <li>{t`Your conversations stay in your own project.`}</li>
        </ul>
      </div>
    </aside>
  );
}
