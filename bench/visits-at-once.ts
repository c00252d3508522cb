import { openStaffApi } from "../e2e/staff-api";
import type { Started } from "../e2e/started";
import { clientAddress } from "./addresses";
import { type Measured, percentile } from "./report";

const visits = 200;

type Answer = { status: number; body: Record<string, unknown> };

async function post(
  url: string,
  caller: number,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...clientAddress(caller), ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** Schedule, link, redeem, start and end two hundred visits at once: every step of every visit answered as it should be. */
export async function visitsAtOnce(started: Started): Promise<Measured[]> {
  const api = await openStaffApi(started, "scheduler");
  const errors: string[] = [];
  const starts: number[] = [];
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: visits }, async (_, number) => {
      try {
        const { visitId } = await api.call("POST", "/api/visits", {
          patientId: "aaaaaaaa-0000-4000-8000-000000000001",
          clinicianId: "bbbbbbbb-0000-4000-8000-000000000001",
          scheduledAt: new Date(Date.now() + (100_000 + number * 15) * 60_000).toISOString(),
          duration: 10,
          channel: "both",
          chiefComplaint: "Follow-up",
        });
        const links = (await api.call("POST", `/api/visits/${visitId}/links`, {
          roles: ["patient", "clinician"],
        })) as Record<"patient" | "clinician", { token: string }>;
        for (const party of ["patient", "clinician"] as const) {
          const { token } = links[party];
          const look = await post(`${started.appUrl}/api/token/redeem`, number, { token });
          if (look.status !== 200) throw new Error(`look ${look.status} ${JSON.stringify(look.body)}`);
          const startedAt = performance.now();
          const start = await post(
            `${started.appUrl}/api/visits/${visitId}/start`,
            number,
            { token, deviceInfo: { hasCamera: true, hasMicrophone: true, browser: "bench", os: "linux" } },
            { "idempotency-key": `bench-${visitId}-${party}` },
          );
          starts.push(performance.now() - startedAt);
          if (start.status !== 200) throw new Error(`start ${start.status} ${JSON.stringify(start.body)}`);
          if (party === "clinician") {
            const { sessionToken } = start.body.visitSession as { sessionToken: string };
            const end = await post(
              `${started.appUrl}/api/visits/${visitId}/end`,
              number,
              { sessionToken, endReason: "completed" },
              { authorization: `Bearer ${sessionToken}` },
            );
            if (end.status !== 200 || end.body.status !== "COMPLETED")
              throw new Error(`end ${end.status} ${JSON.stringify(end.body)}`);
          }
        }
      } catch (error) {
        errors.push((error as Error).message);
      }
    }),
  );
  const seconds = (performance.now() - begin) / 1000;
  for (const error of new Set(errors)) process.stdout.write(`       ${error.slice(0, 240)}\n`);
  return [
    {
      name: `${visits} visits at once, errors`,
      ours: errors.length,
      limit: 0,
      unit: "errors",
      note: `${seconds.toFixed(1)} s in all; start p95 ${Math.round(percentile(starts, 0.95))} ms`,
    },
  ];
}
