import { unlessOffline } from "../unless-offline";
import type { NotesDesk } from "./notes";

/** The visit's notes and reason, as whoever is signed in to this browser. No network counts as 503. */
export function notesDesk(visitId: string, send: typeof fetch): NotesDesk & { reason(): Promise<Reason> } {
  const address = (part: string) => `/api/visits/${encodeURIComponent(visitId)}/${part}`;
  async function ask(
    url: string,
    init: RequestInit = {},
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await unlessOffline(send(url, { cache: "no-store", ...init }));
    const body: unknown = response?.ok ? await unlessOffline(response.json()) : {};
    if (!response || body === null) return { status: 503, body: {} };
    return { status: response.status, body: isRecord(body) ? body : {} };
  }
  return {
    async load() {
      // Asked first, for whoever came by link alone is no error: a refused request would stand on their console as one.
      const session = await ask("/api/auth/session");
      if (session.status < 400 && session.body.role === undefined) return { status: 401, text: null };
      const { status, body } = await ask(address("notes"));
      return { status, text: textOf(body.clinicalNotes) };
    },
    async save(notes) {
      const { status, body } = await ask(address("notes"), {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ notes }),
        // The page's last deed, often. Browsers bound what they carry on after it.
        keepalive: notes.length < 15_000,
      });
      return { status, savedAt: textOf(body.savedAt) };
    },
    async reason() {
      const { status, body } = await ask(address("complaint"));
      return { status, text: textOf(body.chiefComplaint) };
    },
  };
}
export type Reason = { status: number; text: string | null };

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
