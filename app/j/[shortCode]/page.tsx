import type { Metadata } from "next";
import { headers } from "next/headers";
import { getMessages, getTranslations } from "next-intl/server";
import { AfterDoor } from "@/components/prejoin/after-door";
import { CallMeForm } from "@/components/prejoin/call-me-form";
import { type Closed, ClosedDoor } from "@/components/prejoin/closed-door";
import type { DoorFacts } from "@/components/prejoin/door-facts";
import { NotLicensedStep, PlaceStep } from "@/components/prejoin/place-step";
import { Preview } from "@/components/prejoin/preview";
import { VisitCard } from "@/components/prejoin/visit-card";
import { PageTop } from "@/components/ui/page-top";
import { phoneWords } from "@/lib/call/time-words";
import type { Door } from "@/lib/visits/answers";
import { consentPoints, consentVersion } from "@/lib/visits/consent";
import { LanguageChoice } from "../../language-choice";
import { requestLanguage } from "../../request-language";
import { joinVisit, sendNewLink } from "./actions";
import { hasCaptions, sayDoor, seeDoor, typedAt } from "./door";

type Props = {
  params: Promise<{ shortCode: string }>;
  searchParams: Promise<{ place?: string | string[]; call?: string | string[] }>;
};

export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  const [door, t] = await Promise.all([seeDoor((await params).shortCode), getTranslations()]);
  return { title: door.kind === "ready" ? t("door.title") : t(`closed.${closedDoor(door).kind}.title`) };
}

/** The patient's door, and the clinician's. Looking spends nothing: only the Join button's action does. */
export default async function DoorPage({ params, searchParams }: Props) {
  const { shortCode } = await params;
  const [door, language, t] = await Promise.all([
    seeDoor(shortCode),
    requestLanguage(),
    getTranslations("door"),
  ]);
  sayDoor(door);
  const { tag } = language;
  const clinician = clinicianOf(door);
  const factsOf = async (
    { party, visit, clinic }: Extract<Door, { kind: "ready" | "after" }>,
    resumable: boolean,
  ): Promise<DoorFacts> => ({
    code: shortCode,
    visitId: visit.visitId,
    party,
    clinician,
    clinicName: clinic.name,
    clinicPhone: clinic.phone,
    timeZone: visit.timeZone,
    resumable,
    captions: await hasCaptions(),
    nonce: (await headers()).get("x-nonce") ?? "",
    language,
  });
  if (door.kind !== "ready") {
    const closed = (
      <ClosedDoor
        door={closedDoor(door)}
        code={shortCode}
        clinician={clinician}
        tag={tag}
        languages={<LanguageChoice path={`/j/${encodeURIComponent(shortCode)}`} />}
        sendNewLink={sendNewLink}
      />
    );
    if (door.kind !== "after") return closed;
    const { reason, seatId, talked, answered } = door;
    return (
      <AfterDoor door={await factsOf(door, false)} back={{ reason, seatId, talked, answered }}>
        {closed}
      </AfterDoor>
    );
  }

  const { party, visit, clinic } = door;
  const card = (
    <>
      <PageTop>
        <LanguageChoice path={`/j/${encodeURIComponent(shortCode)}`} />
      </PageTop>
      <VisitCard
        visit={visit}
        party={party}
        clinician={clinician}
        clinicName={clinic.name}
        now={new Date()}
        tag={tag}
      />
    </>
  );
  const { place, call } = await searchParams;
  const again = place === "check";
  if (door.place === "not-licensed" && place !== "change" && !again)
    return (
      <NotLicensedStep code={shortCode} clinician={clinician} clinicPhone={clinic.phone}>
        {card}
      </NotLicensedStep>
    );
  if (door.place !== "known")
    return (
      <PlaceStep
        code={shortCode}
        clinician={clinician}
        locale={language.locale}
        consent={{ version: consentVersion, points: consentPoints }}
        phoneOnFile={door.phoneOnFile}
        again={again}
        typed={again ? await typedAt(shortCode) : null}
      >
        {card}
      </PlaceStep>
    );
  const { preview } = await getMessages();
  const asked = call === "asked" || call === "check" || call === "enough" ? call : null;
  const callMe = party === "patient" ? <CallMeForm code={shortCode} told={asked} /> : null;
  return (
    // Another way comes after the first one, unless somebody has just taken it: then its answer is what they look for.
    <Preview
      door={await factsOf(door, door.resumable)}
      join={joinVisit}
      words={preview}
      help={asked ? null : callMe}
    >
      {card}
      <p className="soft">{door.resumable ? t("resumable") : t("unspent")}</p>
      <p className="soft">
        {party === "clinician"
          ? t("whatHappensClinician")
          : t(party === "patient" ? "whatHappensPatient" : "whatHappensGuest", { name: clinician })}
      </p>
      {asked ? callMe : null}
      <noscript>
        <p className="banner banner--notice">
          <span>
            {t("noScript")} <a href={`tel:${clinic.phone}`}>{phoneWords(clinic.phone)}</a>
          </span>
        </p>
      </noscript>
    </Preview>
  );
}

/** What everybody else sees of a visit that is over; its own people see it too, until the rest is here. */
function closedDoor(door: Exclude<Door, { kind: "ready" }>): Closed {
  if (door.kind !== "after") return door;
  const { reason, party, visit, clinic } = door;
  return { kind: reason === "over" ? "ended" : reason, party, canResend: false, visit, clinic };
}

/** "Dr. Jane": title and first name, all that a patient's page says of a clinician. */
function clinicianOf(door: Door): string {
  if (!("visit" in door)) return "";
  return [door.visit.clinicianTitle, door.visit.clinicianName].filter(Boolean).join("\u00a0");
}
