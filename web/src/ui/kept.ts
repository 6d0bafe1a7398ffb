import { create, type StoreApi, type UseBoundStore } from "zustand";

const prefix = "colonycraft.";

interface Kept<Value> {
  use: UseBoundStore<StoreApi<{ value: Value }>>;
  set: (value: Value) => void;
}

/** Takes what was kept for what it should be; undefined where it is something else. */
type Read<Value> = (kept: unknown) => Value | undefined;

/**
 * A choice that this browser keeps, and that all its tabs show. Where nothing can be stored it lasts
 * as long as the page.
 */
export function keptChoice<Value>(name: string, first: Value, read: Read<Value>): Kept<Value> {
  const key = prefix + name;
  function stored(): Value {
    try {
      return read(JSON.parse(localStorage.getItem(key) ?? "null")) ?? first;
    } catch {
      return first;
    }
  }
  const use = create<{ value: Value }>(() => ({ value: stored() }));
  addEventListener("storage", (event) => {
    if (event.key === key) use.setState({ value: stored() });
  });
  return {
    use,
    set(value) {
      use.setState({ value });
      try {
        localStorage.setItem(key, JSON.stringify(value));
      } catch {
        // It lasts as long as the page.
      }
    },
  };
}

/** Ids that this browser keeps. */
export function keptIds(name: string): Kept<readonly string[]> {
  return keptChoice<readonly string[]>(name, [], (kept) =>
    Array.isArray(kept) ? kept.filter((id) => typeof id === "string") : undefined,
  );
}
