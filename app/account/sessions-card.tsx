import { getTranslations } from "next-intl/server";
import type { OwnSession } from "@/lib/auth/own-sessions";
import { sessionIdleSeconds, sessionMaxAgeSeconds } from "@/lib/auth/session-cookie";
import { endSessionAction, signOutEverywhereAction } from "./actions";
import { browserName } from "./browser-name";

type Props = { sessions: OwnSession[]; own: string; zone: string; tag: string };

/** Where somebody is signed in, with a way out of each. */
export async function SessionsCard({ sessions, own, zone, tag }: Props) {
  const t = await getTranslations("account");
  const time = new Intl.DateTimeFormat(tag, { timeZone: zone, dateStyle: "medium", timeStyle: "short" });
  return (
    <>
      <ul className="ac__sessions">
        {sessions.map(({ id, userAgent, since, lastSeen }) => {
          const name = browserName(userAgent) ?? t("unknown");
          return (
            <li key={id}>
              <span>
                <b>{name}</b> {id === own ? <span className="chip">{t("this")}</span> : null}
                <br />
                <span className="small soft">
                  {t("since", { when: time.format(since) })} · {t("seen", { when: time.format(lastSeen) })}
                </span>
              </span>
              {id === own ? null : (
                <form action={endSessionAction}>
                  <input type="hidden" name="id" value={id} />
                  <button type="submit" className="btn btn--quiet">
                    <span>{t.rich("end", { name, vh: (part) => <span className="vh">{part}</span> })}</span>
                  </button>
                </form>
              )}
            </li>
          );
        })}
      </ul>
      <p className="small soft">
        {t("limits", { idle: sessionIdleSeconds / 60, hours: sessionMaxAgeSeconds / 3600 })}
      </p>
      <form action={signOutEverywhereAction} className="stack stack--tight">
        <p>{t("everywhereSay")}</p>
        <button type="submit" className="btn btn--quiet btn--wide">
          {t("everywhere")}
        </button>
      </form>
    </>
  );
}
