import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { clockTime } from "@/lib/call/time-words";
import type { Caller, CallerShown } from "@/lib/desk/show-caller";
import type { Proof } from "@/lib/kernel/caller-proof";
import { Icon, Mark } from "../ui/icon";
import { Questions } from "./questions";
import { UnknownMark } from "./unknown-mark";
import type { CallerLook } from "./use-caller";

type Place = { zone: string; tag: string };
const bold = { b: (part: React.ReactNode) => <b>{part}</b> };

/** Who is calling, and what that allows: whole and filled where it was proved, open and hatched where it was not. */
export function WhoCalls({
  look,
  again,
  talking,
  zone,
  tag,
}: { look: CallerLook; again: () => void /** Who rings cannot be asked. */; talking: boolean } & Place) {
  const t = useTranslations("desk");
  if (look.phase === "looking")
    return (
      <p className="card" role="status">
        {t("checking")}
      </p>
    );
  if (look.phase === "failed")
    return (
      <div className="card stack stack--tight" role="alert">
        <h2>{t("whoFailed")}</h2>
        <p>{t("whoFailedSay")}</p>
        <button type="button" className="btn btn--md desk__self" onClick={again}>
          {t("again")}
        </button>
      </div>
    );
  const { topic } = look.shown;
  return (
    <>
      {topic ? (
        <p className="banner" role="status">
          <Icon name="note" />
          <span>{t.rich(`about.${topic}`, bold)}</span>
        </p>
      ) : null}
      <Who shown={look.shown} again={again} talking={talking} zone={zone} tag={tag} />
    </>
  );
}

type WhoProps = { shown: CallerShown; again: () => void; talking: boolean } & Place;

function Who({ shown, again, talking, zone, tag }: WhoProps) {
  const { caller, contactId } = shown;
  switch (caller.kind) {
    case "customer":
      return <Customer caller={caller} zone={zone} tag={tag} />;
    case "visit":
      return <Visit caller={caller} zone={zone} tag={tag} />;
    case "unknown":
      return (
        <>
          <Unknown caller={caller} />
          <Questions contactId={contactId} caller={caller} off={!talking} passed={again} />
        </>
      );
  }
}

function Customer({ caller, zone, tag }: { caller: Extract<Caller, { kind: "customer" }> } & Place) {
  const t = useTranslations("desk");
  const tier = caller.tier.charAt(0).toUpperCase() + caller.tier.slice(1);
  const year = caller.customerSince.slice(0, 4);
  const { number, proof } = caller;
  return (
    <section className="proof" aria-label={t("who")}>
      <div className="proof__seal desk__seal">
        <Mark />
        <b>{t(proof.by === "questions" ? "byQuestions" : "verified")}</b>
      </div>
      <div className="proof__body">
        <p className="desk__word">
          {t(proof.by === "questions" ? "verifiedByQuestions" : "verifiedCustomer")}
        </p>
        <h2 className="desk__name">
          {caller.firstName} {caller.lastName}
        </h2>
        <dl className="kv">
          <dt>{t("how")}</dt>
          <dd>
            <How proof={proof} />
          </dd>
          <dt>{t("proof")}</dt>
          <dd>
            {t(proof.by === "questions" ? "proofAsked" : "proofUsed", {
              time: clockTime(new Date(proof.at), zone, tag),
            })}
          </dd>
          <dt>{t("customer")}</dt>
          <dd className="num">
            {number ? t("customerFacts", { number, tier, year }) : t("customerFactsBare", { tier, year })}
          </dd>
          <LanguageFact locale={caller.locale} tag={tag} />
        </dl>
        <p className="desk__do">
          {t.rich(proof.by === "questions" ? "questionsPassed" : "noQuestions", bold)}
        </p>
      </div>
    </section>
  );
}

function How({ proof }: { proof: Proof }) {
  const t = useTranslations("desk");
  const locale = useLocale();
  if (proof.by === "questions") {
    const asked = new Intl.ListFormat(locale).format(proof.asked.map((one) => t(`ask.${one}`).toLowerCase()));
    return t.rich("askedBy", { ...bold, agent: proof.agent, asked });
  }
  const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(proof.signedInAt)) / 60_000));
  const ago = minutes < 120 ? t("ago", { minutes }) : t("agoHours", { hours: Math.floor(minutes / 60) });
  const { site } = proof;
  if (site)
    return (
      <>
        {t.rich("signedInAt", { ...bold, ago, site })},{" "}
        {t(proof.secondStep ? "secondStepThere" : "noSecondStepThere")}. {t("siteSays", { site })}
      </>
    );
  return (
    <>
      {t.rich("signedIn", { ...bold, ago })}, {t(proof.secondStep ? "secondStep" : "passwordAlone")}
    </>
  );
}

function Unknown({ caller }: { caller: Extract<Caller, { kind: "unknown" }> }) {
  const t = useTranslations("desk");
  return (
    <section className="proof proof--un" aria-label={t("who")}>
      <div className="proof__seal desk__seal">
        <UnknownMark />
      </div>
      <div className="proof__body">
        <p className="desk__word">
          <Icon name="warn" />
          {t("notVerified")}
        </p>
        <h2 className="desk__name">{t("unknown")}</h2>
        <dl className="kv">
          <dt>{t("why")}</dt>
          <dd>{t(`doubts.${caller.doubt}`)}</dd>
          <dt>{t("account")}</dt>
          <dd>{t(`accounts.${caller.account}`)}</dd>
        </dl>
        <p className="desk__do">{t.rich("askFirst", bold)}</p>
      </div>
    </section>
  );
}

function Visit({ caller, zone, tag }: { caller: Extract<Caller, { kind: "visit" }> } & Place) {
  const t = useTranslations("desk");
  const time = clockTime(new Date(caller.scheduledAt), zone, tag);
  return (
    <section className="card stack stack--tight" aria-label={t("who")}>
      <p className="desk__word">{t("visit")}</p>
      <h2 className="desk__name">
        {caller.firstName} {caller.lastName}
      </h2>
      <dl className="kv">
        <dt>{t("how")}</dt>
        <dd>{t("visitWord")}</dd>
        <dt>{t("visitPlanned")}</dt>
        <dd>{t("visitFacts", { time, clinician: caller.clinician })}</dd>
        <LanguageFact locale={caller.locale} tag={tag} />
      </dl>
      <p className="desk__do">{t.rich("visitSay", bold)}</p>
      <Link className="btn btn--quiet btn--md desk__self" href={`/admin/visits/${caller.visitId}`}>
        {t("visitOpen")}
      </Link>
    </section>
  );
}

function LanguageFact({ locale, tag }: { locale: string; tag: string }) {
  const t = useTranslations("desk");
  const name = new Intl.DisplayNames([tag], { type: "language" }).of(locale) ?? locale;
  return (
    <>
      <dt>{t("language")}</dt>
      <dd>{name.charAt(0).toUpperCase() + name.slice(1)}</dd>
    </>
  );
}
