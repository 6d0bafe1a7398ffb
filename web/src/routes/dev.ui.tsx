import { createFileRoute, notFound } from "@tanstack/react-router";

import { loadable } from "@/ui/loadable";

const Gallery =
  import.meta.env.MODE === "emulator" ? loadable(() => import("@/ui/gallery/gallery")) : null;

/** The parts that pages are made of; there is no such page where the product is deployed. */
export const Route = createFileRoute("/dev/ui")({
  beforeLoad() {
    if (import.meta.env.MODE !== "emulator") throw notFound();
  },
  component: Parts,
});

function Parts() {
  return Gallery ? <Gallery /> : null;
}
