import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { HelpCard } from "@/components/ui/help-card";
import { requireCustomer } from "@/lib/auth/require-staff";
import { clinicOf } from "@/lib/notifications/clinic";
import { listOwnVisits, nextChangeAt, type OwnVisit } from "@/lib/visits/own-visits";
import { requestLanguage } from "../../request-language";
import { Fresh } from "../fresh";
import { seeOwn } from "../own";
import { OwnTop } from "../own-top";
import { Connect } from "./connect";
import { NextVisit } from "./next-visit";
import { OtherVisit } from "./other-visit";
import { PastVisits } from "./past-visits";

// No clinician and no day in the title: titles stand in histories and on shared screens.
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("own");
  return { title: t("title") };
}

type Props = { searchParams: Promise<{ cursor?: string | string[] }> };

/** Within this time of a visit the words "in 20 minutes" are kept true. Milliseconds. */
const countsFromMs = 2 * 3_600_000;

/** A patient's visits: the next one large, then the others, then what is over. */
export default async function OwnVisits({ searchParams }: Props) {
  const { deps, patient } = await requireCustomer();
  const [own, { cursor: asked }, { tag }, t, clinic] = await Promise.all([
    seeOwn(),
    searchParams,
    requestLanguage(),
    getTranslations("own"),
    clinicOf(deps),
  ]);
  if (!own)
    return (
      <main className="page">
        <OwnTop here="/visits" name={patient.name} connected={false} />
        <h1>{t("connect.title")}</h1>
        <Connect />
        <HelpCard phone={clinic.phone} />
      </main>
    );
  const cursor = typeof asked === "string" ? asked : undefined;
  const now = deps.clock.now();
  const { coming, past, nextCursor } = await listOwnVisits(deps, { patient, cursor });
  const next = coming.find(isOpen);
  const others = coming.filter((visit) => visit !== next);
  const shared = { zone: own.timeZone, tag, now };
  return (
    <main className="page">
      <Fresh againInMs={nextLookMs(coming, next, now)} />
      <OwnTop here="/visits" name={patient.name} />
      <h1>{t("title")}</h1>
      <div className="own__cols">
        <div className="stack stack--loose">
          {cursor ? null : next ? (
            <NextVisit visit={next} clinicName={clinic.name} {...shared} />
          ) : (
            <section className="card stack stack--tight">
              <h2>{t("none.title")}</h2>
              <p className="soft">{t("none.say")}</p>
            </section>
          )}
          {others.length > 0 ? (
            <section className="stack" aria-labelledby="later">
              <h2 id="later">{t("other.title")}</h2>
              {others.map((visit) => (
                <OtherVisit key={visit.visitId} visit={visit} {...shared} />
              ))}
            </section>
          ) : null}
          {cursor ? (
            <Link className="btn btn--quiet" href="/visits">
              {t("past.newest")}
            </Link>
          ) : null}
        </div>
        <div className="stack stack--loose">
          <PastVisits visits={past} nextCursor={nextCursor} {...shared} />
          <HelpCard phone={clinic.phone} />
        </div>
      </div>
    </main>
  );
}

const isOpen = ({ status }: OwnVisit) => status === "SCHEDULED" || status === "ACTIVE";

/** Until the page has something else to say, or the words of its countdown change. */
function nextLookMs(coming: readonly OwnVisit[], next: OwnVisit | undefined, now: Date): number | null {
  const changeAt = nextChangeAt(coming, now);
  if (!changeAt) return null;
  const left = next ? Date.parse(next.scheduledAt) - now.getTime() : Number.POSITIVE_INFINITY;
  const untilChange = changeAt.getTime() - now.getTime();
  return left < countsFromMs ? Math.min(60_000, untilChange) : untilChange;
}
