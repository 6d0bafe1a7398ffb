export function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. Run this by make: see playwright.config.ts.`);
  return value;
}
