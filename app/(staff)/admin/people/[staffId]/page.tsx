import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { readerTimeZone, requirePage } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { clockTime, shortDay } from "@/lib/kernel/times";
import { type Colleague, readColleague } from "@/lib/staff/list-staff";
import { requestLanguage } from "../../../../request-language";
import { Act } from "../../visits/[visitId]/act";
import { ActAsked } from "../../visits/[visitId]/act-asked";
import { inviteKnown, restore, suspend } from "../actions";
import { StandingChip } from "../standing-chip";
import { RoleForm } from "./role-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people");
  return { title: t("list") };
}

type Props = { params: Promise<{ staffId: string }> };

/** One colleague: what they may do, and whether they may come in at all. */
export default async function ColleaguePage({ params }: Props) {
  const actor = await requirePage("/admin/people/[staffId]");
  const [deps, { staffId }, zone, { tag }, t, roles] = await Promise.all([
    doorDeps(),
    params,
    readerTimeZone(),
    requestLanguage(),
    getTranslations("people"),
    getTranslations("frame.roles"),
  ]);
  const found = await readColleague(deps, { actor, staffId });
  if (!found.ok) notFound();
  const colleague = found.value;
  const { name, waitsForCloudSince: waits } = colleague;
  const at = (iso: string) => `${shortDay(new Date(iso), zone, tag)}, ${clockTime(new Date(iso), zone, tag)}`;
  return (
    <main className="main">
      <p className="crumbs">
        <Link href="/admin/people">{t("back")}</Link> / {name}
      </p>
      <div className="head">
        <h1>{name}</h1>
        <p>
          <StandingChip colleague={colleague} />
        </p>
      </div>
      {waits ? (
        <p className="banner banner--notice section" role="status">
          <span>{t("waitsSay", { when: at(waits) })}</span>
        </p>
      ) : null}
      <div className="cols cols--form">
        <div className="stack">
          <section className="card facts" aria-label={name}>
            <dl className="kv">
              <dt>{t("email")}</dt>
              <dd>{colleague.email}</dd>
              <dt>{t("role")}</dt>
              <dd>{roles(colleague.role)}</dd>
              <dt>{t("lastSignIn")}</dt>
              <dd>{colleague.lastSignInAt ? at(colleague.lastSignInAt) : t("never")}</dd>
              {colleague.role === "clinician" ? (
                <>
                  <dt>{t("states")}</dt>
                  <dd>{colleague.states.join(", ") || t("noStates")}</dd>
                  <dt>{t("openVisits")}</dt>
                  <dd>{colleague.openVisits}</dd>
                </>
              ) : null}
            </dl>
          </section>
          {staffId === actor.id ? (
            <p className="card">{t("selfSay")}</p>
          ) : (
            <>
              {colleague.standing === "none" ? (
                <section className="card stack stack--tight" aria-label={t("invite")}>
                  <p>{t("noneSay")}</p>
                  <Act
                    action={inviteKnown}
                    fields={{ staffId }}
                    look="btn--md"
                    busy={t("working")}
                    label={t("inviteThem", { name })}
                  />
                </section>
              ) : null}
              <section className="card stack stack--tight" aria-labelledby="role-head">
                <h2 id="role-head">{t("roleTitle")}</h2>
                <RoleForm staffId={staffId} role={colleague.role} />
              </section>
              <Access colleague={colleague} openVisits={colleague.openVisits} />
            </>
          )}
        </div>
      </div>
    </main>
  );
}

async function Access({ colleague, openVisits }: { colleague: Colleague; openVisits: number }) {
  const t = await getTranslations("people");
  const { staffId, name } = colleague;
  return (
    <section className="card stack stack--tight" aria-labelledby="access-head">
      <h2 id="access-head">{t("suspendTitle")}</h2>
      {colleague.standing === "suspended" ? (
        <>
          <p>{t("restoreSay")}</p>
          <Act
            action={restore}
            fields={{ staffId }}
            look="btn--md btn--quiet"
            busy={t("working")}
            label={t("restoreDo", { name })}
          />
        </>
      ) : (
        <ActAsked
          ask={t("suspendAsk", { name })}
          action={suspend}
          fields={{ staffId }}
          look="btn--danger"
          busy={t("working")}
          label={t("suspendDo")}
        >
          <p>{t("suspendSay")}</p>
          {openVisits > 0 ? <p>{t("visitsLeft", { count: openVisits })}</p> : null}
        </ActAsked>
      )}
    </section>
  );
}
