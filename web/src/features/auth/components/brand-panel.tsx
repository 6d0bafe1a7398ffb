/** What the product promises, beside the form where there is room. */
export function BrandPanel() {
  return (
    <aside
      aria-label="About ColonyCraft AI"
      className="relative m-3 hidden overflow-hidden rounded-[1.5rem] bg-[oklch(0.29_0.05_163)] text-[oklch(0.97_0.01_120)] lg:block"
    >
      <svg className="absolute inset-0 size-full" aria-hidden focusable="false">
        <defs>
          <pattern id="comb" width="84" height="145.5" patternUnits="userSpaceOnUse">
            <path
              d="M0 24.25 42 0 84 24.25V72.75L42 97 0 72.75zM42 97v48.5"
              fill="none"
              stroke="oklch(0.8 0.14 83 / 0.16)"
              strokeWidth="1.5"
            />
          </pattern>
        </defs>
        <rect width="100%" height="100%" fill="url(#comb)" />
        <path
          d="M294 145.5 336 169.75v48.5L294 242.5l-42-24.25v-48.5z"
          fill="oklch(0.8 0.14 83 / 0.2)"
        />
        <path
          d="M168 363.75 210 388v48.5l-42 24.25L126 436.5V388z"
          fill="oklch(0.8 0.14 83 / 0.1)"
        />
      </svg>
      <div className="relative flex h-full flex-col justify-end p-12">
        <p className="max-w-md text-[2.25rem] leading-[1.12] font-semibold tracking-[-0.025em]">
          Many models. One place. Every answer accounted for.
        </p>
        <ul className="mt-8 max-w-md space-y-2.5 text-[oklch(0.9_0.02_140)]">
          <li>Each answer carries a receipt: model, tokens, cost, time.</li>
          <li>Conversations follow you: a reload, a second tab, your phone.</li>
          <li>Your conversations stay in your own project.</li>
        </ul>
      </div>
    </aside>
  );
}
