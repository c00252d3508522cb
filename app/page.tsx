import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Logo } from "@/components/ui/brand";
import { signedIn } from "@/lib/auth/require-staff";
import { signOut } from "@/lib/auth/sign-out";
import { phoneWords } from "@/lib/call/time-words";
import { doorDeps } from "@/lib/http/deps";
import { staffRoles } from "@/lib/kernel/actor";
import { clinicOf } from "@/lib/notifications/clinic";
import { Icon } from "./icons";
import { LanguageChoice } from "./language-choice";

export const metadata: Metadata = { title: { absolute: "Vouchsafe" } };

type Props = { searchParams: Promise<{ refused?: string | string[] }> };

/** Staff go to their visits; everybody else learns where to go. */
export default async function Welcome({ searchParams }: Props) {
  const actor = await signedIn();
  const { refused } = await searchParams;
  if (actor && refused === undefined)
    redirect(staffRoles.some((role) => role === actor.role) ? "/admin" : "/visits");
  const [clinic, t] = await Promise.all([doorDeps().then(clinicOf), getTranslations("welcome")]);
  return (
    <main className="page patient">
      <div className="top">
        <Logo />
        <LanguageChoice path="/" />
      </div>
      {refused === undefined ? null : (
        <p className="banner banner--notice" role="status">
          <Icon name="warn" />
          <span>{t("refused")}</span>
        </p>
      )}
      <div className="stack stack--tight">
        <h1>{t("heading")}</h1>
        <p className="soft">{t("clinic", { clinic: clinic.name })}</p>
      </div>
      <div className="card stack stack--tight">
        <h2>{t("haveVisit")}</h2>
        <p>{t("noAccount")}</p>
        <p>
          {t.rich("lost", {
            number: phoneWords(clinic.phone),
            tel: (part) => <a href={`tel:${clinic.phone}`}>{part}</a>,
          })}
        </p>
      </div>
      {actor ? (
        <form action={signOut} className="stack stack--tight">
          <p>{t("signedIn", { name: actor.name })}</p>
          {refused === undefined ? null : (
            <Link className="btn" href="/admin">
              {t("toVisits")}
            </Link>
          )}
          <button type="submit" className="btn btn--quiet">
            {t("signOut")}
          </button>
        </form>
      ) : (
        <Link className="btn" href="/sign-in">
          {t("staff")}
        </Link>
      )}
    </main>
  );
}
