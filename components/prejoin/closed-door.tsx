import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { clockTime } from "@/lib/call/time-words";
import type { Door } from "@/lib/visits/answers";
import { Halves } from "../ui/halves";
import { HelpCard } from "../ui/help-card";
import { PageTop } from "../ui/page-top";
import { SendButton } from "./send-button";

export type Closed = Exclude<Door, { kind: "ready" | "after" }>;

/** A link that opens nothing (now): what happened, what to do, whom to call. */
export function ClosedDoor(props: {
  door: Closed;
  code: string;
  clinician: string;
  /** BCP 47: how times are written. */
  tag: string;
  /** The choice of a language. */
  languages: ReactNode;
  /** A server action; its form works without JavaScript. */
  sendNewLink: (form: FormData) => Promise<void>;
}) {
  const { door } = props;
  const t = useTranslations("closed");
  const open = "canResend" in door && door.canResend ? door : null;
  return (
    <main className="page page--tall">
      <PageTop>{props.languages}</PageTop>
      <Halves state="apart" />
      <div className="stack">
        <h1>{t(`${door.kind}.title`)}</h1>
        <p className="soft">{t(`${door.kind}.say`)}</p>
        {door.kind === "limited" ? (
          <>
            <p className="soft">
              {t("wait", { minutes: Math.max(1, Math.ceil(door.retryAfterSeconds / 60)) })}
            </p>
            <a className="btn btn--big" href={`/j/${encodeURIComponent(props.code)}`}>
              {t("tryAgain")}
            </a>
          </>
        ) : null}
        {open ? (
          <>
            <p className="soft">
              {t.rich("stillOpen", {
                name: props.clinician,
                time: clockTime(new Date(open.visit.windowEndsAt), open.visit.timeZone, props.tag),
                b: (part) => <b className="ink">{part}</b>,
              })}
            </p>
            <form action={props.sendNewLink} className="stack stack--tight">
              <input type="hidden" name="code" value={props.code} />
              <input type="hidden" name="visitId" value={open.visit.visitId} />
              <SendButton words={{ send: t("sendNew"), sending: t("sending") }} />
              <p className="small soft centred">{t("whereItGoes")}</p>
            </form>
          </>
        ) : null}
        <HelpCard phone={door.clinic.phone} />
      </div>
    </main>
  );
}
