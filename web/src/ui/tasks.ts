/** Resolves in a task of its own: what the person does meanwhile is answered between the two. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
