import type { Started } from "./started";

/** The API as a scheduler's script sees it: signed in by seed 3's endpoint, then Bearer. */
export type StaffApi = {
  /** JSON in, JSON out; throws on anything but 2xx. */
  call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
};

export type Links = { visitId: string; patientLink: string; clinicianLink: string };

export async function openStaffApi(started: Started, group: string): Promise<StaffApi> {
  const account = started.accounts.find(({ groups }) => groups.includes(group));
  if (!account) throw new Error(`the demo has nobody in ${group}`);
  const signedIn = await send(started.appUrl, "POST", "/auth/login", {
    body: { email: account.email, password: account.password },
  });
  const token = String(signedIn.access_token);
  return { call: (method, path, body) => send(started.appUrl, method, path, { body, token }) };
}

class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

async function send(
  appUrl: string,
  method: string,
  path: string,
  what: { body?: unknown; token?: string },
): Promise<Record<string, unknown>> {
  const response = await fetch(appUrl + path, {
    method,
    headers: {
      "content-type": "application/json",
      ...(what.token ? { authorization: `Bearer ${what.token}` } : {}),
    },
    ...(what.body === undefined ? {} : { body: JSON.stringify(what.body) }),
  });
  const text = await response.text();
  if (!response.ok)
    throw new Refused(response.status, `${method} ${path}: ${response.status} ${text.slice(0, 300)}`);
  return JSON.parse(text);
}

/** A visit of its own for one test, with both links, at the clinician's next free time. */
export async function makeVisit(
  api: StaffApi,
  more: { chiefComplaint?: string; route?: "meeting" | "connect" } = {},
): Promise<Links> {
  const visitId = await book(api, more);
  const links = await api.call("POST", `/api/visits/${visitId}/links`, { roles: ["patient", "clinician"] });
  return { visitId, patientLink: linkOf(links.patient), clinicianLink: linkOf(links.clinician) };
}

async function book(api: StaffApi, more: object): Promise<string> {
  for (let slot = 1; slot < 200; slot += 1)
    try {
      const visit = await api.call("POST", "/api/visits", {
        patientId: "aaaaaaaa-0000-4000-8000-000000000001",
        clinicianId: "bbbbbbbb-0000-4000-8000-000000000001",
        scheduledAt: new Date(Date.now() + slot * 10 * 60_000).toISOString(),
        duration: 10,
        channel: "both",
        ...more,
      });
      return String(visit.visitId);
    } catch (error) {
      // Somebody is booked then: a clinician cannot be in two visits.
      if (!(error instanceof Refused) || error.status !== 409) throw error;
    }
  throw new Error("the clinician has no free time");
}

function linkOf(issued: unknown): string {
  if (typeof issued === "object" && issued && "link" in issued && typeof issued.link === "string")
    return issued.link;
  throw new Error("no link was issued");
}
