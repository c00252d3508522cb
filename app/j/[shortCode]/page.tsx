import type { Metadata } from "next";
import { headers } from "next/headers";
import { closedWords, doorWords, words } from "@/components/messages/en";
import { ClosedDoor } from "@/components/prejoin/closed-door";
import type { DoorFacts } from "@/components/prejoin/door-facts";
import { Preview } from "@/components/prejoin/preview";
import { VisitCard } from "@/components/prejoin/visit-card";
import { PageTop } from "@/components/ui/page-top";
import type { Door } from "@/lib/visits/answers";
import { joinVisit, sendNewLink } from "./actions";
import { seeDoor } from "./door";

type Props = { params: Promise<{ shortCode: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const door = await seeDoor((await params).shortCode);
  return { title: door.kind === "ready" ? doorWords.title : closedWords[door.kind].title };
}

/** The patient's door, and the clinician's. Looking spends nothing: only the Join button's action does. */
export default async function DoorPage({ params }: Props) {
  const { shortCode } = await params;
  const door = await seeDoor(shortCode);
  const clinician = clinicianOf(door);
  if (door.kind !== "ready")
    return <ClosedDoor door={door} code={shortCode} clinician={clinician} sendNewLink={sendNewLink} />;

  const { party, visit, clinic } = door;
  const facts: DoorFacts = {
    code: shortCode,
    visitId: visit.visitId,
    party,
    clinician,
    clinicName: clinic.name,
    clinicPhone: clinic.phone,
    timeZone: visit.timeZone,
    resumable: door.resumable,
    nonce: (await headers()).get("x-nonce") ?? "",
  };
  return (
    <Preview door={facts} join={joinVisit}>
      <PageTop />
      <VisitCard
        visit={visit}
        party={party}
        clinician={clinician}
        clinicName={clinic.name}
        now={new Date()}
      />
      <p className="soft">{door.resumable ? doorWords.resumable : doorWords.unspent}</p>
      <p className="soft">
        {party === "patient" ? doorWords.whatHappens.patient(clinician) : doorWords.whatHappens.clinician}
      </p>
      <noscript>
        <p className="banner banner--notice">
          <span>
            {doorWords.noScript} <a href={`tel:${clinic.phone}`}>{words.callNumber(clinic.phone)}</a>
          </span>
        </p>
      </noscript>
    </Preview>
  );
}

/** "Dr. Jane": title and first name, all that a patient's page says of a clinician. */
function clinicianOf(door: Door): string {
  if (!("visit" in door)) return "";
  return [door.visit.clinicianTitle, door.visit.clinicianName].filter(Boolean).join("\u00a0");
}
