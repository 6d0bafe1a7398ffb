/**
 * Shows `data-tip` of what the pointer rests on or the keyboard reaches. One layer for the page: a
 * label that is read out anyway needs no component around every button. Stays while the pointer is
 * on it, goes with Escape (WCAG 1.4.13).
 */
const delayMs = 500;
const gap = 6;
const margin = 8;

function place(tip: HTMLElement, anchor: Element): void {
  const target = anchor.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.min(
    Math.max(target.left + target.width / 2 - width / 2, margin),
    innerWidth - width - margin,
  );
  const below = target.bottom + gap;
  const top = below + height + margin > innerHeight ? target.top - height - gap : below;
  tip.style.left = `${left}px`;
  tip.style.top = `${top}px`;
}

function tipped(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest("[data-tip]") : null;
}

export function watchTooltips(): void {
  const tip = document.createElement("div");
  tip.className = "tooltip";
  tip.ariaHidden = "true";
  tip.hidden = true;
  document.body.append(tip);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let anchor: Element | null = null;

  function hide() {
    clearTimeout(timer);
    anchor = null;
    // Hidden once more, it would be styled once more: with each frame in which something scrolls.
    tip.hidden ||= true;
  }

  function show(element: Element) {
    const label = element instanceof HTMLElement ? element.dataset["tip"] : undefined;
    if (!label || !element.isConnected) return;
    anchor = element;
    tip.textContent = label;
    tip.hidden = false;
    place(tip, element);
  }

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const over = event.target;
    if (over instanceof Node && tip.contains(over)) return;
    const element = tipped(over);
    if (element === anchor && element !== null) return;
    hide();
    if (element) timer = setTimeout(() => show(element), delayMs);
  });
  document.addEventListener("focusin", (event) => {
    const element = tipped(event.target);
    hide();
    if (element?.matches(":focus-visible")) show(element);
  });
  document.addEventListener("focusout", hide);
  document.addEventListener("pointerdown", hide);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  document.addEventListener("scroll", hide, { capture: true, passive: true });
}
