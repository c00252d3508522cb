import type { Metadata } from "next";
import Link from "next/link";
import { readerTimeZone, requireStaff } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { wallTime } from "@/lib/kernel/wall-time";
import { listClinicians, listPatients } from "@/lib/visits/list-people";
import { BookForm } from "./book-form";

export const metadata: Metadata = { title: "Book a visit" };

export default async function NewVisit() {
  const actor = await requireStaff(["clinician", "scheduler", "admin"]);
  const deps = await doorDeps();
  const [{ patients }, { clinicians }] = await Promise.all([
    listPatients(deps, { actor, limit: 100 }),
    listClinicians(deps, { actor }),
  ]);
  const zone = await readerTimeZone();
  const [date = "", time = ""] = wallTime(nextHalfHour(deps.clock.now()), zone).split("T");
  const clinicianId = actor.role === "clinician" ? actor.id : "";
  return (
    <main className="main">
      <p className="crumbs">
        <Link href="/admin">Visits</Link> / Book a visit
      </p>
      <div className="row head">
        <h1>Book a visit</h1>
      </div>
      <div className="cols cols--form">
        <BookForm patients={patients} clinicians={clinicians} start={{ date, time, zone, clinicianId }} />
      </div>
    </main>
  );
}

function nextHalfHour(now: Date): Date {
  const half = 30 * 60_000;
  return new Date((Math.floor(now.getTime() / half) + 1) * half);
}
