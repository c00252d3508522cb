import { getTranslations } from "next-intl/server";
import type { PersonActor } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { clockTime, shortDay } from "@/lib/kernel/times";
import { mayDisconnect, ownerStanding } from "@/lib/own-record/invite";
import { Icon } from "../../../../icons";
import { Act } from "./act";
import { ActAsked } from "./act-asked";
import { disconnectFromPage, inviteToPage } from "./own-page-actions";

type Props = { actor: PersonActor; patientId: string; zone: string; tag: string };

/** Whether a patient has their own page, and the way to it. Shows nothing to who may not invite them. For any page about a patient. */
export async function OwnPage({ actor, patientId, zone, tag }: Props) {
  const [deps, t] = await Promise.all([doorDeps(), getTranslations("ownPage")]);
  const standing = await ownerStanding(deps, { actor, patientId });
  if (!standing) return null;
  const until = standing.state === "invited" ? new Date(standing.until) : null;
  return (
    <section className="card stack stack--tight todo" aria-labelledby="own-page">
      <h2 id="own-page">{t("title")}</h2>
      {standing.state === "connected" ? (
        <>
          <p className="small">
            <Icon name="good" /> {t("connected")}
          </p>
          {mayDisconnect(actor) ? (
            <ActAsked
              ask={t("disconnect")}
              action={disconnectFromPage}
              fields={{ patientId }}
              look="btn--danger btn--wide"
              busy={t("sending")}
              label={t("disconnectYes")}
            >
              <p className="small">{t("disconnectSay")}</p>
            </ActAsked>
          ) : null}
        </>
      ) : standing.state === "none" && !standing.reachable ? (
        <p className="small soft">{t("noContact")}</p>
      ) : (
        <>
          <p className="small soft">
            {until
              ? t("invited", { day: shortDay(until, zone, tag), time: clockTime(until, zone, tag) })
              : t("none")}
          </p>
          <Act
            action={inviteToPage}
            fields={{ patientId }}
            look="btn--quiet btn--wide"
            busy={t("sending")}
            label={until ? t("again") : t("invite")}
          />
        </>
      )}
    </section>
  );
}
