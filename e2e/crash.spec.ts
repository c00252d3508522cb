import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import path from "node:path";
import { promisify } from "node:util";
import { setFault } from "./faults";
import { expect, test } from "./fixtures";
import { makeVisit, type StaffApi } from "./staff-api";
import { killDatabase, killService, type Started, startedFile } from "./started";

const deviceInfo = { hasCamera: true, hasMicrophone: true, browser: "test", os: "test" };

/** POST start as one caller of the API, who may repeat with the same key. */
function start(started: Started, visitId: string, token: string, key: string): Promise<Response> {
  return fetch(`${started.appUrl}/api/visits/${visitId}/start`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": key },
    body: JSON.stringify({ token, deviceInfo }),
  });
}

async function isSpent(api: StaffApi, visitId: string): Promise<boolean> {
  const visit = (await api.call("GET", `/api/visits/${visitId}`)) as {
    links: Array<{ party: string; redeemedAt: string | null }>;
  };
  return visit.links.some(({ party, redeemedAt }) => party === "patient" && redeemedAt !== null);
}

async function verifyAudit(): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "scripts/audit-verify.ts"],
    {
      env: { ...process.env, VOUCHSAFE_DATA: path.dirname(startedFile()) },
    },
  );
  return stdout;
}

// A spent link whose owner never got in is the worst that a one-time link can do.
for (const victim of ["web", "database"] as const)
  test(`kill -9 of the ${victim} after the link is spent and before the cloud answers: the same caller goes on, nobody else does`, async ({
    api,
    started,
  }) => {
    const { visitId, patientLink } = await makeVisit(api);
    const code = patientLink.slice(patientLink.lastIndexOf("/") + 1);
    const { token } = (await (await fetch(`${started.appUrl}/api/token/resolve/${code}`)).json()) as {
      token: string;
    };
    const key = `crash-${visitId}`;

    await setFault(started.laptopUrl, { service: "chime", slowMs: 3_500 });
    const first = start(started, visitId, token, key).then(
      ({ status }) => status,
      () => 0, // the connection died with the server
    );
    await expect.poll(() => isSpent(api, visitId), { timeout: 10_000 }).toBe(true);
    if (victim === "web") killService("web");
    else killDatabase();
    await setFault(started.laptopUrl, { service: "chime" });
    // The web's death takes the answer with it; a database that is back in time may still let it through.
    if (victim === "web") expect(await first).not.toBe(200);
    else await first;

    await expect
      .poll(
        () =>
          fetch(`${started.appUrl}/api/ready`).then(
            ({ ok }) => ok,
            () => false,
          ),
        { timeout: 30_000 },
      )
      .toBe(true);
    expect((await start(started, visitId, token, `other-${randomUUID()}`)).status).toBe(409);
    const again = await start(started, visitId, token, key);
    expect(again.status).toBe(200);
    const answer = (await again.json()) as { chimeJoinInfo: { attendee: { joinToken: string } } };
    expect(answer.chimeJoinInfo.attendee.joinToken).not.toBe("");
    expect(await verifyAudit()).toContain("The audit is whole");
  });

test("a busy cloud is a 503 that says when to come back, and the link waits for its holder", async ({
  api,
  started,
}) => {
  const { visitId, patientLink } = await makeVisit(api);
  const code = patientLink.slice(patientLink.lastIndexOf("/") + 1);
  const { token } = (await (await fetch(`${started.appUrl}/api/token/resolve/${code}`)).json()) as {
    token: string;
  };
  await setFault(started.laptopUrl, { service: "chime", throttle: true });
  const busy = await start(started, visitId, token, `busy-${visitId}`);
  await setFault(started.laptopUrl, { service: "chime" });
  expect(busy.status).toBe(503);
  expect(Number(busy.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await api.call("GET", `/api/visits/${visitId}`)).toMatchObject({ status: "SCHEDULED" });
  expect((await start(started, visitId, token, `busy-${visitId}`)).status).toBe(200);
});
