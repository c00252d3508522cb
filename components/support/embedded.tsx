"use client";

import { useTranslations } from "next-intl";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { later } from "@/lib/call/later";
import { fetchedEvents } from "@/lib/call/support/fetched-events";
import { openHostLink, type ToHost } from "@/lib/call/support/host-link";
import { unlessOffline } from "@/lib/call/unless-offline";
import { sinceWords } from "@/lib/kernel/since-words";
import type { Locale } from "@/messages/locales";
import { HelpCard } from "../ui/help-card";
import { Mark } from "../ui/icon";
import { PageTop } from "../ui/page-top";
import { LineContext } from "./line";
import { Support } from "./support";
import type { SaidNow, SupportFacts } from "./support-facts";

type Props = {
  siteId: string;
  /** Of the pages that may hold this one. */
  origins: readonly string[];
  /** E.164 */
  phone: string;
  locale: Locale;
  tag: string;
  now: SaidNow;
};
type Opened = { session: string; name: string; site: string; signedInAt: string; open: SupportFacts["open"] };
type Stage =
  | { at: "asking" }
  /** Nobody who may holds this page. */
  | { at: "alone" }
  | { at: "refused"; code: string }
  | { at: "open"; opened: Opened };

/** A site's page that has said nothing for so long will say nothing. Milliseconds. */
const silentMs = 15_000;

/** The call inside a site's page: handed over by that page, then as on a customer's own. What opens it is kept in this page's memory alone. */
export function Embedded({ siteId, origins, phone, locale, tag, now }: Props) {
  const [stage, setStage] = useState<Stage>({ at: "asking" });
  const say = useRef<((message: ToHost) => void) | null>(null);
  const cancel = useRef<(() => void) | null>(null);

  const ask = useCallback(() => {
    setStage({ at: "asking" });
    cancel.current?.();
    cancel.current = later(silentMs, () => setStage({ at: "refused", code: "HOST_SILENT" }));
    say.current?.({ vouchsafe: "ready" });
  }, []);

  // The page is read anew now and then; the same list must not begin anew.
  const listed = origins.join(" ");
  useEffect(() => {
    const claimed = decodeURIComponent(location.hash.slice(1));
    let gone = false;
    const link = openHostLink(window, {
      claimed,
      origins: listed.split(" "),
      told: (message) => {
        cancel.current?.();
        if (message.vouchsafe === "no-handover") return setStage({ at: "refused", code: "NO_HANDOVER" });
        void openSession(siteId, message.handover, claimed).then((next) => {
          if (!gone) setStage(next);
        });
      },
    });
    if (!link) {
      setStage({ at: "alone" });
      return;
    }
    say.current = link.say;
    ask();
    return () => {
      gone = true;
      cancel.current?.();
      link.close();
    };
  }, [siteId, listed, ask]);

  if (stage.at !== "open")
    return <NotOpen stage={stage} phone={phone} again={stage.at === "refused" ? ask : null} />;
  return (
    <Call
      {...{ phone, locale, tag, now }}
      key={stage.opened.session}
      opened={stage.opened}
      renew={async () => ask()}
      say={(message) => say.current?.(message)}
    />
  );
}

async function openSession(siteId: string, handover: string, origin: string): Promise<Stage> {
  const response = await unlessOffline(
    fetch(`/api/host-sites/${encodeURIComponent(siteId)}/sessions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ handover, origin }),
    }),
  );
  const answer = (await response?.json().catch(() => null)) as (Opened & { code?: string }) | null;
  if (!response?.ok || !answer) return { at: "refused", code: answer?.code ?? "AWAY" };
  return { at: "open", opened: answer };
}

/** Before anybody is known, or when nobody will be: what happened, and the way on. */
export function NotOpen(props: { stage: Stage; phone: string; again: (() => void) | null }) {
  const t = useTranslations("support.embed");
  const { stage, phone, again } = props;
  if (stage.at === "asking")
    return (
      <main className="page" aria-busy="true">
        <PageTop />
        <p className="soft" role="status">
          {t("asking")}
        </p>
      </main>
    );
  const code = stage.at === "refused" && stage.code in refusedWords ? stage.code : "AWAY";
  return (
    <main className="page">
      <PageTop />
      <div className="stack stack--tight" role="alert">
        <h1>{t(stage.at === "alone" ? "alone" : "notOpen")}</h1>
        <p className="soft">{stage.at === "alone" ? t("aloneSay") : t(refusedWords[code as Refused])}</p>
      </div>
      {again ? (
        <button type="button" className="btn btn--wide" onClick={again}>
          {t("again")}
        </button>
      ) : null}
      <a className="btn btn--quiet btn--wide" href="/support" target="_blank" rel="noopener">
        {t("signIn")}
      </a>
      <HelpCard phone={phone} />
    </main>
  );
}

/** What each refusal means to whoever stands before it. */
const refusedWords = {
  HOST_SILENT: "silent",
  NO_HANDOVER: "silent",
  TOKEN_INVALID: "refused",
  TOKEN_NOT_YET_VALID: "refused",
  TOKEN_EXPIRED: "late",
  TOKEN_REUSED: "late",
  SITE_SUSPENDED: "suspended",
  AWAY: "away",
} as const;
type Refused = keyof typeof refusedWords;

type CallProps = Pick<Props, "phone" | "locale" | "tag" | "now"> & {
  opened: Opened;
  renew: () => Promise<void>;
  say: (message: ToHost) => void;
};

function Call({ opened, phone, locale, tag, now, renew, say }: CallProps) {
  const t = useTranslations("support");
  const { session, name, site, signedInAt } = opened;
  const line = useMemo(() => {
    const ask: typeof fetch = (input, init) =>
      fetch(input, {
        ...init,
        // No cookie: whoever is signed in here in this browser may be somebody else.
        credentials: "omit",
        headers: { ...(init?.headers as Record<string, string>), authorization: `Bearer ${session}` },
      });
    return { fetch: ask, openEvents: (url: string) => fetchedEvents(ask, url, later) };
  }, [session]);
  const when = sinceWords(new Date(signedInAt), new Date(), tag);
  const [open, setOpen] = useState(opened.open);
  const told = useCallback(
    (phase: Extract<ToHost, { vouchsafe: "phase" }>["phase"]) => {
      if (phase === "over") setOpen(null);
      say({ vouchsafe: "phase", phase });
    },
    [say],
  );
  return (
    <LineContext value={line}>
      <Support
        facts={{ name, verified: true, open, now, callback: null, timeZone: "UTC", tag, phone, locale }}
        top={<PageTop />}
        proof={
          <section className="proof" aria-label={t("as")}>
            <div className="proof__seal">
              <Mark />
            </div>
            <div className="proof__body">
              <p className="proof__word">{t("verified")}</p>
              <h2 className="proof__title">{t("callingAs", { name })}</h2>
              <p className="small soft">
                {t.rich("embed.signedInAt", { site, when, b: (part) => <b>{part}</b> })}
              </p>
            </div>
          </section>
        }
        aside={null}
        signInAgain={renew}
        told={told}
      />
    </LineContext>
  );
}
