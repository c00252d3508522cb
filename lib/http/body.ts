import { err, ok, type Result } from "@/lib/kernel/result";

const maxBytes = 64 * 1024;
const maxDepth = 16;

export type BodyRefusal =
  | { code: "BODY_MALFORMED"; reason: string }
  | { code: "BODY_TOO_LARGE"; maxBytes: number };

/** Reads a JSON body whatever its content type says. Nothing at all reads as `{}`. At most 64 kB and 16 levels. */
export async function readJson(request: Request): Promise<Result<unknown, BodyRefusal>> {
  const bytes = await readBytes(request);
  if (bytes === null) return err({ code: "BODY_TOO_LARGE", maxBytes });
  if (bytes.byteLength === 0) return ok({});
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return err({ code: "BODY_MALFORMED", reason: "The body is not JSON." });
  }
  const flaw = flawOf(value, 0);
  return flaw === null ? ok(value) : err({ code: "BODY_MALFORMED", reason: flaw });
}

/** Reads a form (`application/x-www-form-urlencoded`) as an object of strings; the first of fields with one name. The same limits. */
export async function readForm(request: Request): Promise<Result<unknown, BodyRefusal>> {
  const bytes = await readBytes(request);
  if (bytes === null) return err({ code: "BODY_TOO_LARGE", maxBytes });
  const fields: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(new TextDecoder().decode(bytes))) fields[name] ??= value;
  const flaw = flawOf(fields, 0);
  return flaw === null ? ok({ ...fields }) : err({ code: "BODY_MALFORMED", reason: flaw });
}

/** Counts while it reads: a declared length may lie. Null: too much. */
async function readBytes(request: Request): Promise<Uint8Array | null> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) return null;
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      return null;
    }
    chunks.push(value);
  }
}

function flawOf(value: unknown, depth: number): string | null {
  if (typeof value === "string") return hasNul(value) ? "Text may not hold the character U+0000." : null;
  if (typeof value !== "object" || value === null) return null;
  if (depth >= maxDepth) return `The body is nested deeper than ${maxDepth} levels.`;
  for (const [key, inner] of Object.entries(value)) {
    const flaw = hasNul(key) ? "A name may not hold the character U+0000." : flawOf(inner, depth + 1);
    if (flaw !== null) return flaw;
  }
  return null;
}

/** Postgres stores no U+0000: better refused here than failed there. */
export function hasNul(text: string): boolean {
  return text.includes("\u0000");
}
