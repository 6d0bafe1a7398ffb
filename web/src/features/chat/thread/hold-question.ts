/** Marks the last question of a thread in the page. */
export const lastQuestion = "data-last-question";

/**
 * Makes `room` below the content as high as it takes for the last question to be able to stand at the
 * top of `scroller`, and gives how many pixels it is below that; null where it is too far away to be in
 * the page.
 */
export function makeRoom(
  scroller: HTMLElement,
  content: HTMLElement,
  room: HTMLElement,
): number | null {
  const question = content.querySelector<HTMLElement>(`[${lastQuestion}]`);
  if (!question) return null;
  const { top } = question.getBoundingClientRect();
  const height = scroller.clientHeight - (content.getBoundingClientRect().bottom - top);
  room.style.height = `${Math.max(0, height)}px`;
  return top - scroller.getBoundingClientRect().top;
}
