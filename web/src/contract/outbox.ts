/**
 * What a person did while the backend could not be reached, or left the page before it had answered.
 * It waits in this browser under its request id and goes when there is a connection: each once,
 * whichever tab sends it, and those of one conversation in their order.
 */
import type { Problem } from "./contract.gen";
import {
  addKept,
  changeKept,
  deleteAllKept,
  readKept,
  removeKept,
  type Kept,
} from "./outbox-store";

export type { Kept };

/** `unreached`: to be tried again; a problem: the person has to decide. */
export type Delivery = "delivered" | "unreached" | Problem;

/** What shows and delivers one kind of thing. */
export interface Part {
  /** Called with all that is kept of this kind whenever that may have changed. */
  show: (kept: readonly Kept[]) => void;
  deliver: (kept: Kept) => Promise<Delivery>;
}

type Given = Omit<Kept, "uid" | "problem" | "page">;

interface Running {
  uid: string;
  parts: Readonly<Record<string, Part>>;
  tabs: BroadcastChannel;
}

/** The browser says that there is a connection before anything can go over it. */
const firstAgainMs = 1_000;
const mostAgainMs = 15_000;
const lock = "colonycraft.outbox";
/** Held for as long as this page lives. */
const page = `${lock}.${crypto.randomUUID()}`;
let running: Running | null = null;
let again: ReturnType<typeof setTimeout> | undefined;
let againMs = firstAgainMs;
let known: readonly Kept[] = [];
/** What is on its way into the store: it is kept for all that is shown, and not sent yet. */
const arriving = new Set<Kept>();

/** What is to be shown and sent here, and how much another page is sending itself. */
async function own(): Promise<{ kept: Kept[]; elsewhere: number }> {
  const [all, { held = [] }] = await Promise.all([readKept(), navigator.locks.query()]);
  const living = new Set([page, ...held.map(({ name }) => name ?? "")]);
  const mine = all.filter(({ uid }) => uid === running?.uid);
  const kept = mine.filter((one) => one.page === null || !living.has(one.page));
  return { kept, elsewhere: mine.filter((one) => one.page !== page).length - kept.length };
}

async function show(): Promise<void> {
  const { kept: stored } = await own();
  const ids = new Set(stored.map(({ requestId }) => requestId));
  const missing = [...arriving].filter(
    ({ uid, requestId }) => uid === running?.uid && !ids.has(requestId),
  );
  known = [...stored, ...missing];
  for (const [kind, part] of Object.entries(running?.parts ?? {})) {
    part.show(known.filter((kept) => kept.kind === kind));
  }
}

/** Shows what has changed, in the other tabs as well. */
async function changed(): Promise<void> {
  // A channel reaches this origin alone.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  running?.tabs.postMessage("changed");
  await show();
}

async function deliver(kept: Kept): Promise<Delivery> {
  if (kept.problem) return kept.problem;
  return (await running?.parts[kept.kind]?.deliver(kept)) ?? "unreached";
}

/** Sends what can be sent; false where something is left to be looked at again. */
async function deliverAll(): Promise<boolean> {
  const held = new Set<string>();
  const mine = await own();
  for (const kept of mine.kept) {
    if (held.has(kept.conversationId)) continue;
    const delivery = await deliver(kept);
    if (delivery === "unreached") return false;
    if (delivery === "delivered") await removeKept(kept.requestId);
    else {
      held.add(kept.conversationId);
      await changeKept(kept.requestId, { problem: delivery });
    }
  }
  return mine.elsewhere === 0;
}

function flush(): void {
  clearTimeout(again);
  if (!navigator.onLine || running === null) return;
  // One tab at a time: the next one finds what is left.
  navigator.locks
    .request(lock, async () => {
      if (await deliverAll()) againMs = firstAgainMs;
      else {
        again = setTimeout(flush, againMs);
        againMs = Math.min(2 * againMs, mostAgainMs);
      }
      await changed();
    })
    .catch(() => {
      // Without IndexedDB nothing is kept.
    });
}

/** Keeps something for when there is a connection. Rejects where the browser keeps nothing. */
export async function keep(given: Given): Promise<void> {
  if (running === null) throw new Error("Nobody is signed in.");
  const kept: Kept = { ...given, uid: running.uid, problem: null, page: null };
  arriving.add(kept);
  try {
    await addKept(kept);
  } finally {
    arriving.delete(kept);
  }
  await changed();
  flush();
}

export interface Meanwhile {
  /** It has been answered. */
  end(): void;
  /** The backend was not reached: it waits for a connection. False where the browser keeps nothing. */
  handOver(): Promise<boolean>;
}

/** Keeps what is being sent until it is answered: if this page is left before, the next one sends it. */
export function keepMeanwhile(given: Given): Meanwhile {
  const adding = running
    ? addKept({ ...given, uid: running.uid, problem: null, page })
    : Promise.reject(new Error("Nobody is signed in."));
  const isAdded = adding.then(
    () => true,
    () => false,
  );
  const { requestId } = given;
  return {
    end() {
      isAdded
        .then((is) => is && removeKept(requestId))
        .catch(() => {
          // Sent once more, it changes nothing.
        });
    },
    async handOver() {
      if (!(await isAdded) || !(await changeKept(requestId, { page: null }))) return false;
      await changed();
      flush();
      return true;
    },
  };
}

/** Whether something of this conversation waits: what follows has to wait behind it. */
export function hasKept(conversationId: string): boolean {
  return known.some((kept) => kept.conversationId === conversationId);
}

/** How much waits. */
export function countKept(): number {
  return known.length;
}

/** Takes something back; false where it has gone meanwhile. */
export async function takeBack(requestId: string): Promise<boolean> {
  const wasKept = await navigator.locks.request(lock, () => removeKept(requestId));
  await changed();
  flush();
  return wasKept;
}

/** Sends again what was refused, or is to be sent otherwise. */
export async function sendAgain(requestId: string, change: Partial<Kept> = {}): Promise<void> {
  await navigator.locks.request(lock, () => changeKept(requestId, { ...change, problem: null }));
  await changed();
  flush();
}

/** From now on what this person keeps is shown and sent; ends with what is returned. */
export function startOutbox(uid: string, parts: Running["parts"]): () => void {
  const tabs = new BroadcastChannel(lock);
  const stopped = new AbortController();
  const { signal } = stopped;
  running = { uid, parts, tabs };
  navigator.locks
    .request(page, { signal }, () => new Promise(() => {}))
    .catch(() => {
      // It is not waited for any more.
    });
  tabs.addEventListener("message", () => void show(), { signal });
  addEventListener("online", flush, { signal });
  document.addEventListener(
    "visibilitychange",
    () => {
      if (document.visibilityState === "visible") flush();
    },
    { signal },
  );
  show()
    .then(flush)
    .catch(() => {
      // Without IndexedDB nothing is kept.
    });
  return () => {
    stopped.abort();
    tabs.close();
    clearTimeout(again);
    againMs = firstAgainMs;
    running = null;
    known = [];
  };
}

/** Leaves nothing of it in this browser. */
export async function forgetOutbox(): Promise<void> {
  await deleteAllKept().catch(() => {
    // There was nothing to forget.
  });
}
