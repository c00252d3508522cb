import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { mayOpen } from "@/lib/auth/access";
import { readerTimeZone, requirePage } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { readPatient } from "@/lib/patients/read-patient";
import type { VisitSummary } from "@/lib/visits/answers";
import { listJourneys } from "@/lib/visits/list-journeys";
import { listMessages } from "@/lib/visits/list-messages";
import { listVisits } from "@/lib/visits/list-visits";
import { Icon } from "../../../../icons";
import { requestLanguage } from "../../../../request-language";
import { type Search, textOf } from "../../asked-days";
import { askedHref } from "../../asked-href";
import { OwnPage } from "../../visits/[visitId]/own-page";
import { patientChoices } from "../choices";
import { DetailsCard } from "./details-card";
import { EditForm } from "./edit-form";
import { OldLinksCard } from "./old-links-card";
import { PatientMessages } from "./patient-messages";
import { PatientVisits } from "./patient-visits";

// No name in the title: titles stand in histories and on shared screens.
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("patients");
  return { title: t("one") };
}

type Props = { params: Promise<{ patientId: string }>; searchParams: Promise<Search> };

/** A visit that began a while ago may still be under way: it stands with those to come. */
const lingersMs = 3_600_000;
const rows = 20;

const isOver = ({ status, scheduledAt }: VisitSummary, now: Date) =>
  status !== "SCHEDULED" && status !== "ACTIVE" && Date.parse(scheduledAt) < now.getTime();

/** One patient: what is on file, their visits, and what was sent to them. */
export default async function PatientPage({ params, searchParams }: Props) {
  const actor = await requirePage("/admin/patients/[patientId]");
  const [deps, { patientId }, search, zone, { tag }, t] = await Promise.all([
    doorDeps(),
    params,
    searchParams,
    readerTimeZone(),
    requestLanguage(),
    getTranslations("patients"),
  ]);
  const found = await readPatient(deps, { actor, patientId });
  if (!found.ok) notFound();
  const patient = found.value;
  const now = deps.clock.now();
  const edge = new Date(now.getTime() - lingersMs);
  const asked = { ahead: textOf(search.ahead), past: textOf(search.past), messages: textOf(search.messages) };
  const mayChange = mayOpen("/admin/patients/new", actor.role);
  const [ahead, past, messages, choices] = await Promise.all([
    listVisits(deps, { actor, patientId, from: edge, limit: rows, cursor: asked.ahead }),
    listVisits(deps, { actor, patientId, to: edge, order: "desc", limit: rows, cursor: asked.past }),
    listMessages(deps, { actor, patientId, limit: rows, cursor: asked.messages }),
    patientChoices([patient.timeZone]),
  ]);
  // What began a short while ago and is over stands with the past, on the first pages of both.
  const over = asked.ahead || asked.past ? [] : ahead.visits.filter((visit) => isOver(visit, now));
  const visitIds = [...ahead.visits, ...past.visits].map(({ visitId }) => visitId);
  const journeys = await listJourneys(deps, { actor, visitIds });
  const href = (change: Partial<typeof asked>) => askedHref(`/admin/patients/${patientId}`, asked, change);
  const shared = { journeys, now, zone, tag };
  return (
    <main className="main">
      <p className="crumbs">
        <Link href="/admin/patients">{t("title")}</Link> / {t("one")}
      </p>
      <div className="row row--wrap head">
        <h1 className="grow">
          {patient.firstName} {patient.lastName}
        </h1>
        <Link
          className="btn btn--md"
          href={`/admin/visits/new?${new URLSearchParams({ for: patient.patientId })}`}
        >
          <Icon name="calendar" />
          {t("schedule")}
        </Link>
      </div>
      {textOf(search.told) === "added" ? (
        <p className="banner banner--good head" role="status">
          <Icon name="good" />
          <span>{t("did.added")}</span>
        </p>
      ) : null}
      <OldLinksCard {...{ patient, zone, tag }} maySend={mayChange} />
      <div className="cols cols--patient">
        <div className="stack">
          <DetailsCard {...{ patient, now, zone, tag }} />
          <PatientVisits
            {...shared}
            kind="ahead"
            page={{ ...ahead, visits: ahead.visits.filter((visit) => !over.includes(visit)) }}
            first={asked.ahead ? href({ ahead: "" }) : null}
            next={ahead.nextCursor ? href({ ahead: ahead.nextCursor }) : null}
          />
          <PatientVisits
            {...shared}
            kind="past"
            page={{ ...past, visits: [...over.toReversed(), ...past.visits] }}
            first={asked.past ? href({ past: "" }) : null}
            next={past.nextCursor ? href({ past: past.nextCursor }) : null}
          />
        </div>
        {mayChange ? (
          <div className="stack">
            <OwnPage actor={actor} patientId={patientId} zone={zone} tag={tag} />
            <section className="card past" aria-labelledby="edit-head">
              <h2 className="gap" id="edit-head">
                {t("edit")}
              </h2>
              <EditForm patient={patient} {...choices} />
            </section>
          </div>
        ) : null}
      </div>
      {messages.ok ? (
        <PatientMessages
          {...{ zone, tag }}
          messages={messages.value.messages}
          first={asked.messages ? href({ messages: "" }) : null}
          next={messages.value.nextCursor ? href({ messages: messages.value.nextCursor }) : null}
        />
      ) : null}
    </main>
  );
}
