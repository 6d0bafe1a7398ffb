import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { t } from "@lingui/core/macro";
import { Search } from "lucide-react";
import { useState } from "react";

import { runCommand, useRunnable } from "@/ui/commands";
import { backdropClass } from "@/ui/dialog";
import { KeyHint } from "@/ui/key-hint";
import { commandIds, commandLabel, useKeys } from "@/ui/shortcuts";

import { show } from "../state/open";
import { findItems, type PaletteGroup, type PaletteItem } from "../state/items";

/** Everything that can be gone to or done, found by its first letters. `groups` come from the route. */
export function Palette({ groups, note }: { groups: readonly PaletteGroup[]; note: string }) {
  const [query, setQuery] = useState("");
  const isRunnable = useRunnable();
  const keysOf = useKeys();
  const actions: PaletteGroup = {
    value: t`Actions`,
    items: commandIds
      .filter((id) => id !== "open-palette" && isRunnable(id))
      .map((id) => ({
        key: id,
        label: commandLabel(id),
        keys: keysOf(id),
        run: () => runCommand(id),
      })),
  };
  const found = findItems([actions, ...groups], query);

  return (
    <Dialog.Root open onOpenChange={(open) => show(open ? "palette" : null)}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdropClass} />
        <Dialog.Popup
          aria-label={t`Palette`}
          className="fixed inset-x-3 top-[12dvh] z-30 mx-auto flex max-h-[76dvh] max-w-note flex-col overflow-hidden rounded-card border border-line bg-raised shadow-high outline-none"
        >
          <Autocomplete.Root
            inline
            open
            items={found}
            filteredItems={found}
            autoHighlight="always"
            value={query}
            onValueChange={(value, { reason }) => {
              if (reason !== "item-press") setQuery(value);
            }}
            itemToStringValue={(item: PaletteItem) => item.label}
          >
            <div className="flex items-center gap-2.5 border-b border-line px-4">
              <Search size={16} aria-hidden className="shrink-0 text-ink-muted" />
              <Autocomplete.Input
                aria-label={t`Search conversations, actions and models`}
                placeholder={t`Where to, or what to do?`}
                className="h-12 w-full bg-transparent text-md outline-none"
              />
            </div>
            <div className="min-h-0 overflow-y-auto overscroll-contain p-1.5">
              <Autocomplete.Empty>
                <p className="px-2.5 py-3 text-sm text-ink-muted empty:hidden">
                  {t`Nothing is called that. ${note}`}
                </p>
              </Autocomplete.Empty>
              <Autocomplete.List className="outline-none">
                {(group: PaletteGroup) => (
                  <Autocomplete.Group key={group.value} items={group.items}>
                    <Autocomplete.GroupLabel className="px-2.5 pt-2 pb-1 text-xs font-medium text-ink-muted">
                      {group.value}
                    </Autocomplete.GroupLabel>
                    <Autocomplete.Collection>
                      {(item: PaletteItem) => (
                        <Autocomplete.Item
                          key={item.key}
                          value={item}
                          onClick={() => choose(item)}
                          className="flex min-h-10 items-center rounded-control px-2.5 py-1.5 text-sm outline-none select-none data-highlighted:bg-hover touch:min-h-11"
                        >
                          <span dir="auto" className="min-w-0 truncate">
                            {item.label}
                          </span>
                          {item.detail ? (
                            <span className="ms-2 shrink-0 text-xs text-ink-muted">
                              {item.detail}
                            </span>
                          ) : null}
                          {item.keys ? <KeyHint keys={item.keys} /> : null}
                        </Autocomplete.Item>
                      )}
                    </Autocomplete.Collection>
                  </Autocomplete.Group>
                )}
              </Autocomplete.List>
            </div>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function choose(item: PaletteItem): void {
  show(null);
  // Once the dialog has given the focus back: what is done may move it.
  requestAnimationFrame(() => item.run());
}
