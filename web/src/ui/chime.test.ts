import { afterEach, expect, it, vi } from "vitest";

import { chime } from "./chime";

afterEach(() => vi.unstubAllGlobals());

it("plays two tones, one after the other, and gives the loudspeaker back", () => {
  const tones: { from: number; until: number }[] = [];
  const ends: (() => void)[] = [];
  const close = vi.fn(() => Promise.resolve());
  const node = () => ({ connect: vi.fn(), gain: { value: 1 } });
  class FakeContext {
    currentTime = 2;
    destination = {};
    close = close;
    createGain = node;
    createOscillator() {
      const tone = { from: 0, until: 0 };
      tones.push(tone);
      return {
        ...node(),
        frequency: { value: 0 },
        start: (at: number) => (tone.from = at),
        stop: (at: number) => (tone.until = at),
        addEventListener: (_type: "ended", end: () => void) => ends.push(end),
      };
    }
  }
  vi.stubGlobal("AudioContext", FakeContext);
  chime();
  const [first, second] = tones;
  expect(tones).toHaveLength(2);
  expect(first?.until).toBe(second?.from);
  expect(close).not.toHaveBeenCalled();
  for (const end of ends) end();
  expect(close).toHaveBeenCalledOnce();
});
