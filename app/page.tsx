import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { signedIn } from "@/lib/auth/require-staff";
import { signOut } from "@/lib/auth/sign-out";
import { phoneWords } from "@/lib/call/time-words";
import { doorDeps } from "@/lib/http/deps";
import { staffRoles } from "@/lib/kernel/actor";
import { clinicOf } from "@/lib/notifications/clinic";
import { Icon, Logo } from "./icons";

export const metadata: Metadata = { title: { absolute: "Vouchsafe" } };

type Props = { searchParams: Promise<{ refused?: string | string[] }> };

/** Staff go to their visits; everybody else learns where to go. */
export default async function Welcome({ searchParams }: Props) {
  const actor = await signedIn();
  const { refused } = await searchParams;
  if (actor && refused === undefined && staffRoles.some((role) => role === actor.role)) redirect("/admin");
  const clinic = await clinicOf(await doorDeps());
  return (
    <main className="page patient">
      <div className="top">
        <Logo />
      </div>
      {refused === undefined ? null : (
        <p className="banner banner--notice" role="status">
          <Icon name="warn" />
          <span>That page isn’t part of your role. Ask an administrator if it should be.</span>
        </p>
      )}
      <div className="stack stack--tight">
        <h1>Calls that arrive already verified.</h1>
        <p className="soft">The video visits of {clinic.name}.</p>
      </div>
      <div className="card stack stack--tight">
        <h2>You have a visit?</h2>
        <p>You don’t need an account. Open the link in your text message or email.</p>
        <p>
          Lost it? Call <a href={`tel:${clinic.phone}`}>{phoneWords(clinic.phone)}</a>.
        </p>
      </div>
      {actor ? (
        <form action={signOut} className="stack stack--tight">
          <p>You are signed in as {actor.name}.</p>
          {refused === undefined ? null : (
            <Link className="btn" href="/admin">
              Go to the visits
            </Link>
          )}
          <button type="submit" className="btn btn--quiet">
            Sign out
          </button>
        </form>
      ) : (
        <Link className="btn" href="/sign-in">
          Staff sign in
        </Link>
      )}
    </main>
  );
}
