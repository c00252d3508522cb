import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { NextIntlClientProvider } from "next-intl";
import { getMessages, getTranslations } from "next-intl/server";
import { signedIn } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { clinicOf } from "@/lib/notifications/clinic";
import { Logo, Mark } from "../icons";
import { preloadFont } from "../preload-font";
import "@/components/ui/controls.css";
import "../styles/desk.css";
import "./sign-in.css";
import { SignInForm } from "./sign-in-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn");
  return { title: t("title") };
}

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignIn({ searchParams }: Props) {
  preloadFont();
  const actor = await signedIn();
  if (actor) redirect(actor.role === "customer" ? "/" : "/admin");
  const { next } = await searchParams;
  const [clinic, t, messages] = await Promise.all([
    doorDeps().then(clinicOf),
    getTranslations("signIn"),
    getMessages(),
  ]);
  return (
    <div className="si">
      <main>
        <div className="si__form">
          <Logo />
          <div>
            <h1>{t("title")}</h1>
            <p className="soft">{t("for", { clinic: clinic.name })}</p>
          </div>
          <NextIntlClientProvider messages={{ signIn: messages.signIn }}>
            <SignInForm next={typeof next === "string" ? next : undefined} />
          </NextIntlClientProvider>
          <p className="soft small si__foot">{t("patients")}</p>
        </div>
      </main>
      <aside aria-hidden="true">
        <Mark className="si__mark" />
        <p className="si__say">{t("halves")}</p>
        <p className="si__sub">{t("motto")}</p>
      </aside>
    </div>
  );
}
