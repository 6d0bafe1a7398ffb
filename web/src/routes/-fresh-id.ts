const key = "colonycraft.new-chat";

/** The id that the next new chat of this tab will have; a reload finds its draft by it. */
export function freshId(): string {
  try {
    const kept = sessionStorage.getItem(key);
    if (kept !== null) return kept;
    const made = crypto.randomUUID();
    sessionStorage.setItem(key, made);
    return made;
  } catch {
    return crypto.randomUUID();
  }
}

/** The new chat has begun: the next one gets an id of its own. */
export function takeFreshId(): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // It was not kept.
  }
}
