import { readStarted, type Started } from "../e2e/started";
import { withTestDatabase } from "../scripts/test/database";
import { withSystem } from "../scripts/test/system";
import { accountTiming } from "./account-timing";
import { clickToRing } from "./click-to-ring";
import { clickToVideo } from "./click-to-video";
import { droppedSocket } from "./dropped-socket";
import { joinPage } from "./join-page";
import { loss } from "./loss";
import { mediaCpu } from "./media-cpu";
import { redeemHttp } from "./redeem-http";
import { redeemSql } from "./redeem-sql";
import { describeMeasured, type Measured, passes } from "./report";
import { staffLists } from "./staff-lists";
import { visitsAtOnce } from "./visits-at-once";

type OnDatabase = {
  run(ownerUrl: string, appUrl: string): Promise<Measured[]>;
  /** With fsync: what writes is measured so; what only reads may be filled without. */
  durable: boolean;
};
/** What needs a database alone, each one of its own, and what needs the whole system. */
const onDatabase: Record<string, OnDatabase> = {
  "redeem-sql": { run: redeemSql, durable: true },
  "staff-lists": { run: staffLists, durable: false },
};
const onSystem: Record<string, (started: Started) => Promise<Measured[]>> = {
  "click-to-ring": clickToRing,
  "click-to-video": clickToVideo,
  "dropped-socket": droppedSocket,
  "join-page": joinPage,
  loss,
  "media-cpu": mediaCpu,
  "visits-at-once": visitsAtOnce,
  "redeem-http": redeemHttp,
  "account-timing": accountTiming,
};

/**
 * `npm run bench`, or `npm run bench -- join-page media-cpu`: our figures beside their limits, measured in this run.
 * Exit code 1 when one falls short.
 */
const asked = process.argv.slice(2);
const all = [...Object.keys(onDatabase), ...Object.keys(onSystem)];
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length) throw new Error(`no such bench: ${unknown.join(", ")} (${all.join(", ")})`);
const wanted = (name: string) => asked.length === 0 || asked.includes(name);

const measured: Measured[] = [];
function report(figures: Measured[]): void {
  for (const figure of figures) process.stdout.write(`${describeMeasured(figure)}\n`);
  measured.push(...figures);
}

for (const [name, { run, durable }] of Object.entries(onDatabase))
  if (wanted(name))
    report(
      await withTestDatabase((env) => run(env.TEST_ADMIN_DATABASE_URL ?? "", env.TEST_DATABASE_URL ?? ""), {
        durable,
      }),
    );
if (Object.keys(onSystem).some(wanted)) {
  // Callers of the bench have addresses of their own, as behind a proxy (bench/addresses.ts).
  process.env.TRUSTED_PROXY = "vercel";
  await withSystem(async (startedFile) => {
    process.env.VOUCHSAFE_STARTED = startedFile;
    const started = readStarted();
    for (const [name, run] of Object.entries(onSystem)) if (wanted(name)) report(await run(started));
  });
}
const short = measured.filter((figure) => !passes(figure));
process.stdout.write(`${measured.length - short.length} of ${measured.length} within their limits\n`);
process.exitCode = short.length ? 1 : 0;
