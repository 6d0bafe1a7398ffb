/** Reading a document's fields: what is absent or of another type becomes the fallback. */
import type { Fields } from "./documents";

export function readString(fields: Fields, name: string): string | null {
  const value = fields[name];
  return typeof value === "string" ? value : null;
}

export function readNumber(fields: Fields, name: string): number | null {
  const value = fields[name];
  return typeof value === "number" ? value : null;
}

export function readBoolean(fields: Fields, name: string): boolean {
  return fields[name] === true;
}

export function readDate(fields: Fields, name: string): Date | null {
  const value = fields[name];
  return value instanceof Date ? value : null;
}

export function readFields(fields: Fields, name: string): Fields | null {
  const value = fields[name];
  return isFields(value) ? value : null;
}

export function readList(fields: Fields, name: string): Fields[] {
  const value = fields[name];
  return Array.isArray(value) ? value.filter(isFields) : [];
}

export function readStrings(fields: Fields, name: string): string[] {
  const value = fields[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

function isFields(value: unknown): value is Fields {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date)
  );
}
