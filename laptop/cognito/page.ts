import { z } from "zod";
import { invalidParameter } from "./refuse";

export const pageToken = z.string().min(1).max(1024);

/** The vendor's paging: `limit` items (0 means the maximum, 60) after the one that the opaque token names. */
export function openPage<T>(all: T[], keyOf: (item: T) => string, limit: number, token?: string) {
  let start = 0;
  if (token !== undefined) {
    const last = Buffer.from(token, "base64url").toString("utf8");
    start = all.findIndex((item) => keyOf(item) === last) + 1;
    if (start === 0) invalidParameter("Invalid pagination token");
  }
  const end = start + (limit || 60);
  const items = all.slice(start, end);
  const last = items.at(-1);
  const next = last !== undefined && end < all.length ? Buffer.from(keyOf(last)).toString("base64url") : null;
  return { items, next };
}
