import { describe, expect, it } from "vitest";

import { branch } from "@/testing/branch";
import { seeded, type Random } from "@/testing/random";

import {
  alternativesAt,
  branchToOpen,
  columnsAt,
  originOf,
  pathOf,
  tailOf,
  type Branch,
  type Branches,
} from "./tree";

const at = (second: number) => new Date(second * 1000);

/** main: 0 1 2 3 4 5; b and c instead of 2 (c made later); d instead of 4 on c. */
const tree: Branches = {
  main: branch({ nextSeq: 6, createdAt: at(0) }),
  b: branch({ parent: "main", forkSeq: 2, nextSeq: 4, createdAt: at(9) }),
  c: branch({ parent: "main", forkSeq: 2, nextSeq: 8, createdAt: at(10) }),
  d: branch({ parent: "c", forkSeq: 4, nextSeq: 6, createdAt: at(20) }),
};

/** A message of its own, which remembers what it stands behind. */
interface Node {
  branchId: string;
  seq: number;
  before: Node | null;
}

/** A conversation made as people make them, with each message knowing the one before it. */
function grown(random: Random): { branches: Branches; ends: Map<string, Node>; nodes: Node[] } {
  const branches: Record<string, Branch> = { main: branch({ createdAt: at(0) }) };
  const ends = new Map<string, Node>();
  const nodes: Node[] = [];
  const add = (branchId: string, before: Node | null) => {
    const own = branches[branchId];
    if (!own) throw new Error("no such branch");
    const node = { branchId, seq: own.nextSeq, before };
    branches[branchId] = { ...own, nextSeq: own.nextSeq + 1 };
    nodes.push(node);
    ends.set(branchId, node);
  };
  add("main", null);
  const steps = random.below(25);
  for (let step = 1; step <= steps; step += 1) {
    if (random.below(2) === 0) {
      const branchId = random.pick([...ends.keys()]);
      add(branchId, ends.get(branchId) ?? null);
      continue;
    }
    const replaced = random.pick(nodes);
    const parent = originOf(branches, replaced.branchId, replaced.seq);
    const id = `b${step}`;
    branches[id] = branch({
      parent,
      forkSeq: replaced.seq,
      nextSeq: replaced.seq,
      createdAt: at(step),
    });
    add(id, replaced.before);
  }
  return { branches, ends, nodes };
}

function walked(end: Node): string[] {
  const names: string[] = [];
  for (let node: Node | null = end; node; node = node.before) {
    names.push(`${node.branchId}/${node.seq}`);
  }
  return names.toReversed();
}

function namesOn(branches: Branches, path: ReturnType<typeof pathOf>): string[] {
  return path.flatMap(({ branchId, from, before }) => {
    const end = before ?? branches[branchId]?.nextSeq ?? from;
    return Array.from({ length: end - from }, (_, index) => `${branchId}/${from + index}`);
  });
}

describe("any conversation", () => {
  const conversations = Array.from({ length: 400 }, (_, seed) => grown(seeded(seed)));

  it("shows on each branch what leads to its end, and nothing else", () => {
    for (const { branches, ends } of conversations) {
      for (const [branchId, end] of ends) {
        expect(namesOn(branches, pathOf(branches, branchId))).toEqual(walked(end));
      }
    }
  });

  it("has the same alternatives at each of them, each with another first message there", () => {
    for (const { branches, nodes } of conversations) {
      for (const node of nodes) {
        const found = alternativesAt(branches, node.branchId, node.seq);
        const siblings = nodes.filter(
          (other) => other.before === node.before && other.seq === node.seq,
        );
        expect(found.toSorted()).toEqual(siblings.map(({ branchId }) => branchId).toSorted());
        for (const other of siblings) {
          expect(alternativesAt(branches, other.branchId, other.seq)).toEqual(found);
        }
      }
    }
  });

  it("opens an alternative at a branch that shows it", () => {
    for (const { branches, nodes } of conversations) {
      for (const node of nodes) {
        const opened = branchToOpen(branches, node.branchId, node.seq);
        expect(namesOn(branches, pathOf(branches, opened))).toContain(
          `${node.branchId}/${node.seq}`,
        );
      }
    }
  });

  it("reads the end first, and says when there is more before it", () => {
    for (const [index, { branches, ends }] of conversations.entries()) {
      const count = 1 + (index % 7);
      for (const branchId of ends.keys()) {
        const path = pathOf(branches, branchId);
        const all = namesOn(branches, path);
        const { stretches, hasOlder } = tailOf(branches, path, count);
        const tail = namesOn(branches, [...stretches]);
        expect(all.slice(-tail.length)).toEqual(tail);
        expect(tail.length).toBeGreaterThanOrEqual(Math.min(count, all.length));
        expect(hasOlder).toBe(all.length > count);
      }
    }
  });
});

describe("alternatives", () => {
  it("stand in the order in which they were made, the first message before them", () => {
    expect(alternativesAt(tree, "c", 2)).toEqual(["main", "b", "c"]);
    expect(alternativesAt(tree, "main", 2)).toEqual(["main", "b", "c"]);
    expect(alternativesAt(tree, "d", 4)).toEqual(["c", "d"]);
  });

  it("are none where nothing forks", () => {
    expect(alternativesAt(tree, "main", 3)).toEqual(["main"]);
  });

  it("put one that is just being made last", () => {
    const making = { ...tree, "new-1": branch({ parent: "main", forkSeq: 2, nextSeq: 4 }) };
    expect(alternativesAt(making, "main", 2)).toEqual(["main", "b", "c", "new-1"]);
  });

  it("are found for the very first question too", () => {
    const edited = { ...tree, e: branch({ parent: "main", forkSeq: 0, nextSeq: 2 }) };
    expect(alternativesAt(edited, "e", 0)).toEqual(["main", "e"]);
    expect(pathOf(edited, "e")).toEqual([{ branchId: "e", from: 0, before: null }]);
  });
});

describe("opening an alternative", () => {
  it("goes on where it was gone on with last", () => {
    expect(branchToOpen(tree, "c", 2)).toBe("d");
    expect(branchToOpen(tree, "c", 2, ["main", "c", "d"])).toBe("c");
  });

  it("does not leave it for a sibling", () => {
    expect(branchToOpen(tree, "main", 2, ["d", "b"])).toBe("main");
    expect(branchToOpen(tree, "main", 1, ["b", "main"])).toBe("b");
  });

  it("passes over answers of a comparison that nobody went on with", () => {
    const compared = {
      ...tree,
      e: branch({ parent: "main", forkSeq: 5, nextSeq: 6, comparing: true, createdAt: at(30) }),
      f: branch({ parent: "main", forkSeq: 5, nextSeq: 8, comparing: true, createdAt: at(29) }),
    };
    expect(branchToOpen(compared, "main", 2)).toBe("f");
    expect(branchToOpen(compared, "e", 5)).toBe("e");
  });
});

describe("a comparison", () => {
  it("has the question's branch first, then those that compare with it", () => {
    const compared = {
      ...tree,
      e: branch({ parent: "main", forkSeq: 5, nextSeq: 6, comparing: true, createdAt: at(31) }),
      f: branch({ parent: "main", forkSeq: 5, nextSeq: 6, comparing: true, createdAt: at(30) }),
      g: branch({ parent: "main", forkSeq: 5, nextSeq: 6, createdAt: at(29) }),
    };
    expect(columnsAt(compared, "main", 5)).toEqual(["main", "f", "e"]);
  });
});

it("does not hang at a tree that bites its tail", () => {
  const broken = { a: branch({ parent: "b", forkSeq: 2 }), b: branch({ parent: "a", forkSeq: 1 }) };
  expect(pathOf(broken, "a").length).toBeLessThan(4);
  expect(branchToOpen(broken, "a", 1)).toBeTypeOf("string");
});
