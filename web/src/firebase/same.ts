/** A snapshot makes every object anew, also what has not changed: as it was, nothing has to be drawn again. */

/** Of longer lists, comparing all takes longer than drawing what is near the screen. */
const mostCompared = 500;
const texts = new WeakMap<object, string>();

function textOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  let text = texts.get(value);
  if (text === undefined) {
    text = JSON.stringify(value);
    texts.set(value, text);
  }
  return text;
}

/** `next`, with what of it is as in `known` taken from there; all of `known` where nothing has changed. */
export function keepSame<T>(known: T, next: T): T {
  if (Array.isArray(known) && Array.isArray(next)) {
    if (next.length > mostCompared) return next;
    const byText = new Map(known.map((one: unknown) => [textOf(one), one]));
    const kept = next.map((one: unknown) => byText.get(textOf(one)) ?? one);
    const isSame = kept.length === known.length && kept.every((one, index) => one === known[index]);
    return isSame ? known : (kept as T);
  }
  return textOf(known) === textOf(next) ? known : next;
}
