import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signedIn } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { clinicOf } from "@/lib/notifications/clinic";
import { Logo, Mark } from "../icons";
import { preloadFont } from "../preload-font";
import "@/components/ui/controls.css";
import "../styles/desk.css";
import "./sign-in.css";
import { SignInForm } from "./sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignIn({ searchParams }: Props) {
  preloadFont();
  const actor = await signedIn();
  if (actor) redirect(actor.role === "customer" ? "/" : "/admin");
  const { next } = await searchParams;
  const clinic = await clinicOf(await doorDeps());
  return (
    <div className="si">
      <main>
        <div className="si__form">
          <Logo />
          <div>
            <h1>Sign in</h1>
            <p className="soft">For the staff of {clinic.name}.</p>
          </div>
          <SignInForm next={typeof next === "string" ? next : undefined} />
          <p className="soft small si__foot">
            Have a visit? You don’t need an account. Open the link in your text message.
          </p>
        </div>
      </main>
      <aside aria-hidden="true">
        <Mark className="si__mark" />
        <p className="si__say">Two halves that fit.</p>
        <p className="si__sub">Calls that arrive already verified.</p>
      </aside>
    </div>
  );
}
