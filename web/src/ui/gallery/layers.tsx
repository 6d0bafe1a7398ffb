import { Combobox } from "@base-ui/react/combobox";
import { ChevronDown, Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";

import { Button, iconButtonClass } from "../button";
import { Dialog } from "../dialog";
import Drawer from "../drawer";
import { ListPopup, optionClass } from "../list-popup";
import { Menu } from "../menu";
import { notify } from "../notify";
import { Section, State } from "./section";

const flowers = ["Clover", "Heather", "Lime", "Rape"];

export function Layers() {
  const [open, setOpen] = useState<"dialog" | "drawer" | null>(null);
  const close = () => setOpen(null);
  return (
    <Section title="What opens">
      <State name="menu">
        <Menu
          align="start"
          heading="Of this hive"
          trigger={
            <button type="button" aria-label="More about the hive" className={iconButtonClass()}>
              <Ellipsis size={18} aria-hidden />
            </button>
          }
          entries={[
            { key: "rename", icon: <Pencil size={16} aria-hidden />, label: "Rename" },
            {
              key: "delete",
              icon: <Trash2 size={16} aria-hidden />,
              label: "Delete",
              danger: true,
            },
          ]}
        />
      </State>
      <State name="list">
        <Combobox.Root items={flowers}>
          <Combobox.Trigger
            aria-label="Flower"
            className="inline-flex h-9 items-center gap-2 rounded-control border border-control bg-raised px-3.5 text-sm touch:h-11"
          >
            <Combobox.Value>
              {(flower: string | null) => flower ?? "Choose a flower"}
            </Combobox.Value>
            <ChevronDown size={16} aria-hidden />
          </Combobox.Trigger>
          <ListPopup
            label="Flowers"
            searchLabel="Search flowers"
            placeholder="Search flowers"
            empty="No flower of that name."
          >
            {(flower: string) => (
              <Combobox.Item key={flower} value={flower} className={`${optionClass} text-sm`}>
                {flower}
              </Combobox.Item>
            )}
          </ListPopup>
        </Combobox.Root>
      </State>
      <State name="dialog">
        <Button onClick={() => setOpen("dialog")}>Open dialog</Button>
        <Dialog
          open={open === "dialog"}
          onOpenChange={close}
          title="Leave the hive?"
          description="Bees find back by themselves."
        >
          <div className="flex justify-end gap-2">
            <Button variant="ghost" onClick={close}>
              Stay
            </Button>
            <Button variant="primary" onClick={close}>
              Leave
            </Button>
          </div>
        </Dialog>
      </State>
      <State name="drawer">
        <Button onClick={() => setOpen("drawer")}>Open drawer</Button>
        <Drawer open={open === "drawer"} onOpenChange={close} title="A drawer">
          <p className="p-6">What has no room beside the page.</p>
        </Drawer>
      </State>
      <State name="toast">
        <Button onClick={() => notify("“Bees” deleted.", { undo: () => notify("It is back.") })}>
          Show toast
        </Button>
      </State>
      <State name="tooltip">
        <Button data-tip="Said on hover and on focus">Rest here</Button>
      </State>
    </Section>
  );
}
