"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useActionState } from "react";
import { Icon } from "../../../../icons";
import { useTellIfGone } from "../../../last-told";
import type { Told } from "./change";

type Action = (previous: Told, data: FormData) => Promise<Told>;
type Props = {
  action: Action;
  /** Of a visit. */
  visitId?: string;
  party?: "patient" | "clinician";
  /** What else the action is told. */
  fields?: Record<string, string>;
  /** The button's classes beside `btn`. */
  look?: string;
  /** Shown while it works. */
  busy: string;
  label: ReactNode;
  children?: ReactNode;
};

const nothing: Told = { kind: "nothing" };

/** A button that changes something, and beneath it what came of it; where the button goes with it, the frame says so. */
export function Act({
  action,
  visitId,
  party,
  fields = {},
  look = "btn--quiet",
  busy,
  label,
  children,
}: Props) {
  const tellIfGone = useTellIfGone();
  const [told, submit, pending] = useActionState(async (previous: Told, data: FormData) => {
    const next = await action(previous, data);
    if (next.kind === "done") tellIfGone(next.message);
    return next;
  }, nothing);
  return (
    <form action={submit} className="stack stack--tight">
      {visitId ? <input type="hidden" name="visitId" value={visitId} /> : null}
      {party ? <input type="hidden" name="party" value={party} /> : null}
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      <button type="submit" className={`btn ${look}${pending ? " is-busy" : ""}`} aria-disabled={pending}>
        {pending ? busy : label}
      </button>
      <Outcome told={told} />
    </form>
  );
}

function Outcome({ told }: { told: Told }) {
  return (
    <div role="status" className="small">
      {told.kind === "refused" ? (
        <p className="field__error">
          <Icon name="warn" />
          <span>{told.message}</span>
        </p>
      ) : null}
      {told.kind === "done" ? <p>{told.message}</p> : null}
      {told.kind === "done" && told.link ? <MadeLink link={told.link} /> : null}
    </div>
  );
}

/** Opened as a new document, never by the router: the door has its own headers. */
function MadeLink({ link }: { link: string }) {
  const t = useTranslations("visit.act");
  return (
    <p className="row row--wrap">
      <a href={link} target="_blank" rel="noreferrer">
        {link.replace(/^https?:\/\//, "")}
        <span className="vh">{t("newTab")}</span>
      </a>
      <button
        type="button"
        className="btn btn--quiet btn--tiny"
        onClick={() => navigator.clipboard.writeText(link)}
      >
        {t("copy")}
      </button>
    </p>
  );
}

/** What was said in confidence stays veiled until somebody asks, and nothing of it is in the page before. */
export function Veil({
  action,
  visitId,
  fields = {},
  ask,
  slim = false,
}: {
  action: Action;
  /** Of a visit. */
  visitId?: string;
  /** What else the action is told. */
  fields?: Record<string, string>;
  ask: ReactNode;
  /** A button alone, in a row of them. */
  slim?: boolean;
}) {
  const t = useTranslations("visit.act");
  const [told, submit, pending] = useActionState(action, nothing);
  if (told.kind === "done")
    return (
      <span role="status" className="lines">
        {told.message}
      </span>
    );
  return (
    <form action={submit} className="row row--wrap">
      {Object.entries({ ...(visitId && { visitId }), ...fields }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {slim ? null : <span className="veil">{t("veiled")}</span>}
      <button type="submit" className="btn btn--quiet btn--tiny" aria-disabled={pending}>
        <Icon name="eye" />
        {pending ? t("unveiling") : ask}
      </button>
      <span className={slim ? "vh" : "hint small"}>{t("unveilSay")}</span>
      {told.kind === "refused" ? <span className="field__error">{told.message}</span> : null}
    </form>
  );
}
