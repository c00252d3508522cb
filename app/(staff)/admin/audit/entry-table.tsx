import Link from "next/link";
import { useTranslations } from "next-intl";
import type { AuditListEntry } from "@/lib/audit/list-audit";
import { useEventWords, useRoleWords } from "../event-words";
import { useReasonWords } from "../visits/[visitId]/reason-words";
import { auditHref, type Typed } from "./asked";

type Props = {
  entries: AuditListEntry[];
  names: ReadonlyMap<string, string>;
  typed: Typed;
  zone: string;
  tag: string;
};

/** Every entry, none left out: a table where there is room, blocks on a phone. */
export function EntryTable({ entries, names, typed, zone, tag }: Props) {
  const t = useTranslations("audit");
  const words = useEventWords("audit");
  const when = useWhen(zone, tag);
  const bad = ({ success }: AuditListEntry) =>
    success ? null : <span className="chip chip--bad">{t("refused")}</span>;
  const follow = ({ visitId }: AuditListEntry) =>
    visitId && visitId !== typed.visit ? (
      <Link href={auditHref(typed, { visit: visitId })}>
        {t.rich("follow", { number: visitId.slice(0, 8), vh: (part) => <span className="vh">{part}</span> })}
      </Link>
    ) : null;
  return (
    <section className="card card--flush" aria-label={t("title")}>
      <table className="table wide entries">
        <thead>
          <tr>
            <th scope="col">{t("time")}</th>
            <th scope="col">{t("what")}</th>
            <th scope="col">{t("who")}</th>
            <th scope="col">{t("more")}</th>
            <th scope="col">{t("visit")}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td>
                <time dateTime={entry.timestamp}>{when(entry.at)}</time>
              </td>
              <td>
                <b>{words(entry)}</b> {bad(entry)}
              </td>
              <td>
                <Who entry={entry} names={names} />
              </td>
              <td className="small soft">
                <Facts entry={entry} />
              </td>
              <td>{follow(entry)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul>
        {entries.map((entry) => (
          <li key={entry.id} className="mrow">
            <span className="row">
              <b className="grow">{words(entry)}</b>
              {bad(entry)}
            </span>
            <span className="row">
              <span className="grow">
                <Who entry={entry} names={names} />
                <br />
                <time className="soft" dateTime={entry.timestamp}>
                  {when(entry.at)}
                </time>
              </span>
              {follow(entry)}
            </span>
            <span className="small soft">
              <Facts entry={entry} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function useWhen(timeZone: string, tag: string): (at: Date) => string {
  const format = new Intl.DateTimeFormat(tag, {
    timeZone,
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    second: "2-digit",
  });
  return (at) => format.format(at);
}

/** A name where the record means a colleague; a link's holder by the party that the link was for. */
function Who({ entry, names }: { entry: AuditListEntry; names: ReadonlyMap<string, string> }) {
  const t = useTranslations("audit");
  const role = useRoleWords()(entry.actorRole);
  const name = names.get(entry.actorId ?? "");
  if (name)
    return (
      <>
        {name} <span className="soft small">{role}</span>
      </>
    );
  if (entry.actorRole === "SYSTEM") return t("system");
  if (entry.actorRole === "ANONYMOUS") return t("nobody");
  if (entry.actorRole === "API_KEY") return t("key");
  return (
    <>
      {role} <span className="soft small">{t("link")}</span>
    </>
  );
}

/** Facts as they were recorded, names and all: an auditor reads the record, not our reading of it. */
function Facts({ entry }: { entry: AuditListEntry }) {
  const reason = useReasonWords();
  const facts = Object.entries(entry.metadata).map(([name, value]) => `${name}: ${show(value)}`);
  return [reason(entry.errorCode), ...facts, entry.ip].filter(Boolean).join(" · ");
}

const show = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : JSON.stringify(value);
