/**
 * The tree of a conversation as its branches tell it, and what of it is shown. A branch holds its
 * messages from `forkSeq` on; what comes before them is its parent's, and so on up to the first one.
 */
export interface Branch {
  parent: string | null;
  forkSeq: number;
  /** The number that its next message gets. */
  nextSeq: number;
  activeRun: string | null;
  held: boolean;
  comparing: boolean;
  createdAt: Date | null;
}

export type Branches = Readonly<Record<string, Branch>>;

/** The messages of a branch from number `from` on and below `before` (null: to its end). */
export interface Stretch {
  branchId: string;
  from: number;
  before: number | null;
}

/**
 * What a branch shows, from the first message to the last. Ends at a parent that is not there, or
 * that was passed already.
 */
export function pathOf(branches: Branches, branchId: string): Stretch[] {
  const path: Stretch[] = [];
  const passed = new Set<string>();
  let before: number | null = null;
  let at: string | null = branchId;
  while (at !== null && before !== 0 && !passed.has(at)) {
    passed.add(at);
    const branch: Branch | undefined = branches[at];
    if (!branch) break;
    const isEmpty = before !== null && before <= branch.forkSeq;
    if (!isEmpty) path.push({ branchId: at, from: branch.forkSeq, before });
    before = before === null ? branch.forkSeq : Math.min(before, branch.forkSeq);
    at = branch.parent;
  }
  return path.toReversed();
}

function sizeOf(branches: Branches, { branchId, from, before }: Stretch): number {
  return (before ?? branches[branchId]?.nextSeq ?? from) - from;
}

/**
 * The stretches at the end of a path that hold its last `count` messages, and whether older ones
 * are left out. At least the last stretch is among them.
 */
export function tailOf(
  branches: Branches,
  path: readonly Stretch[],
  count: number,
): { stretches: readonly Stretch[]; hasOlder: boolean } {
  let remaining = count;
  let first = path.length;
  while (first > 0 && remaining > 0) {
    first -= 1;
    const stretch = path[first];
    if (stretch) remaining -= sizeOf(branches, stretch);
  }
  return { stretches: path.slice(first), hasOlder: first > 0 || remaining < 0 };
}

/** Whose message the alternatives to this one fork from: those to a branch's first message are its siblings. */
export function originOf(branches: Branches, branchId: string, seq: number): string {
  const branch = branches[branchId];
  return branch && branch.parent !== null && branch.forkSeq === seq ? branch.parent : branchId;
}

/**
 * The branches that have another message in the place of this one, first made first. The parent's
 * own message is the oldest of them.
 */
export function alternativesAt(branches: Branches, branchId: string, seq: number): string[] {
  const origin = originOf(branches, branchId, seq);
  const parent = branches[origin];
  const forks = Object.entries(branches)
    .filter(([, branch]) => branch.parent === origin && branch.forkSeq === seq)
    .toSorted(byAge)
    .map(([id]) => id);
  const hasOwn = parent !== undefined && parent.forkSeq <= seq && seq < parent.nextSeq;
  return hasOwn ? [origin, ...forks] : forks;
}

/** One that this tab has just made has no time yet: it is the youngest. */
function byAge([aId, a]: [string, Branch], [bId, b]: [string, Branch]): number {
  const age = (a.createdAt?.getTime() ?? Infinity) - (b.createdAt?.getTime() ?? Infinity);
  return age || (aId < bId ? -1 : 1);
}

function isBelow(branches: Branches, branchId: string, ancestor: string, from: number): boolean {
  let at = branches[branchId];
  for (let steps = Object.keys(branches).length; at && steps > 0; steps -= 1) {
    if (at.parent === ancestor) return at.forkSeq >= from;
    at = at.parent === null ? undefined : branches[at.parent];
  }
  return false;
}

/**
 * The branch to show when an alternative is opened: people mean the version as they left it, not the
 * one answer that it began with. So it is the branch below it that was shown last (`recent`, newest
 * first); before any was, the one made last, which is where they went on with it.
 */
export function branchToOpen(
  branches: Branches,
  alternative: string,
  seq: number,
  recent: readonly string[] = [],
): string {
  // Forks at the message itself are the other alternatives to it.
  const leads = (id: string) => id === alternative || isBelow(branches, id, alternative, seq + 1);
  const last = recent.find((id) => id in branches && leads(id));
  if (last !== undefined) return last;
  const made = (id: string) => branches[id]?.createdAt?.getTime() ?? -Infinity;
  const length = (id: string) => branches[id]?.nextSeq ?? 0;
  return Object.keys(branches)
    .filter((id) => leads(id) && !isColumn(branches[id]))
    .reduce(
      (best, id) =>
        made(id) > made(best) || (made(id) === made(best) && length(id) > length(best)) ? id : best,
      alternative,
    );
}

/** An answer of a comparison that nobody has gone on with. */
function isColumn(branch: Branch | undefined): boolean {
  return branch !== undefined && branch.comparing && branch.nextSeq <= branch.forkSeq + 1;
}

/** The branches whose messages number `seq` are compared: that of the question, then the others. */
export function columnsAt(branches: Branches, questionBranch: string, seq: number): string[] {
  return alternativesAt(branches, questionBranch, seq).filter(
    (id) => id === questionBranch || branches[id]?.comparing,
  );
}
