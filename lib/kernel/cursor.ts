/** A place in a list, opaque to callers. It is no secret and grants nothing: a forged one only starts elsewhere. */
export function writeCursor(place: readonly string[]): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** Null: none, or not ours. */
export function readCursor(cursor: string | undefined): string[] | null {
  if (!cursor) return null;
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return Array.isArray(place) && place.every((part) => typeof part === "string") ? place : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
