/** Characters that a question may have. */
const maxLength = 100_000;

/** Says that a question is too long; null for one that is not. */
export function tooLong(text: string): string | null {
  const over = text.trim().length - maxLength;
  if (over <= 0) return null;
  const [limit, more] = [maxLength, over].map((count) => count.toLocaleString("en"));
  return `A question can have ${limit} characters; this is ${more} too long.`;
}
