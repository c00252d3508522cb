import { useTranslations } from "next-intl";
import { useEffect, useState, useSyncExternalStore } from "react";
import { later } from "@/lib/call/later";
import { type Notes, openNotes } from "@/lib/call/notes/notes";
import { clockTime } from "@/lib/call/time-words";
import { unlessOffline } from "@/lib/call/unless-offline";
import type { Phone } from "@/lib/desk/phone/phone";
import type { CallerShown, Outcome } from "@/lib/desk/show-caller";
import type { Desk } from "./use-desk";

/** What is kept as one: the notes, and how the call came out. */
type Written = { notes: string; outcome: Outcome | null };
const written = ({ notes, outcome }: Written) => JSON.stringify({ notes, outcome });

const outcomes = ["solved", "follow-up", "passed-on", "no-answer"] as const satisfies Outcome[];

type Props = {
  desk: Desk;
  contact: NonNullable<Phone["contact"]>;
  noted: CallerShown["noted"];
  busy: boolean;
  zone: string;
  tag: string;
};

/** What the agent writes of this call and how it came out: kept by the server as it is written, until the agent is done with it. */
export function DeskNotes({ desk, contact, noted, busy, zone, tag }: Props) {
  const t = useTranslations("desk");
  const { contactId, phase } = contact;
  const [notes] = useState(() =>
    openNotes(
      {
        load: async () => ({ status: 200, text: written(noted) }),
        save: (text) => keep(contactId, text),
      },
      later,
    ),
  );
  const state = useSyncExternalStore(notes.subscribe, notes.state, notes.state);
  useEffect(() => {
    void notes.open();
    addEventListener("pagehide", notes.keepNow);
    return () => {
      removeEventListener("pagehide", notes.keepNow);
      notes.keepNow();
    };
  }, [notes]);
  if (state.phase !== "open") return null;
  const value = JSON.parse(state.text) as Written;
  const write = (change: Partial<Written>) => notes.write(written({ ...value, ...change }));
  const finish = async () => {
    notes.keepNow();
    if (await areKept(notes)) await desk.act({ act: "finish", contactId });
  };
  const savedAt = state.savedAt ?? noted.savedAt;
  return (
    <section className="card card--flush" aria-labelledby="desk-notes">
      <div className="card__head">
        <h2 className="grow" id="desk-notes">
          {t("notes")}
        </h2>
        <span className="hint small" role="status">
          {state.kept !== "saved"
            ? t(`kept.${state.kept}`)
            : savedAt
              ? t("kept.savedAt", { time: clockTime(new Date(savedAt), zone, tag) })
              : null}
        </span>
      </div>
      <div className="pad stack stack--tight">
        <textarea
          className="input"
          rows={4}
          maxLength={10_000}
          aria-labelledby="desk-notes"
          aria-describedby="desk-notes-hint"
          value={value.notes}
          onChange={(event) => write({ notes: event.target.value })}
        />
        <p className="hint small" id="desk-notes-hint">
          {t("notesHint")}
        </p>
        <div className="row row--wrap desk__end">
          <div className="field">
            <label htmlFor="desk-outcome">{t("outcome")}</label>
            <select
              className="input"
              id="desk-outcome"
              value={value.outcome ?? ""}
              onChange={(event) => {
                write({ outcome: outcomes.find((one) => one === event.target.value) ?? null });
                notes.keepNow();
              }}
            >
              <option value="">{t("choose")}</option>
              {outcomes.map((one) => (
                <option key={one} value={one}>
                  {t(`outcomes.${one}`)}
                </option>
              ))}
            </select>
          </div>
          {phase === "wrap-up" ? (
            <>
              <button type="button" className="btn btn--md" disabled={busy} onClick={() => void finish()}>
                {t("finish")}
              </button>
              <span className="small soft">{t("finishSay")}</span>
            </>
          ) : null}
        </div>
      </div>
    </section>
  );
}

/** Once what is written has been kept; false: it could not be just now. */
function areKept(notes: Notes): Promise<boolean> {
  return new Promise((resolve) => {
    const look = () => {
      const state = notes.state();
      const kept = state.phase === "open" ? state.kept : "saved";
      if (kept === "unsaved" || kept === "saving") return;
      stop();
      resolve(kept === "saved");
    };
    const stop = notes.subscribe(look);
    look();
  });
}

async function keep(contactId: string, body: string): Promise<{ status: number; savedAt: string | null }> {
  const response = await unlessOffline(
    fetch(`/api/desk/contacts/${encodeURIComponent(contactId)}/notes`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      // The page's last deed, often.
      keepalive: true,
    }),
  );
  if (!response) return { status: 503, savedAt: null };
  const kept = response.ok ? await unlessOffline<{ savedAt: string }>(response.json()) : null;
  return { status: response.status, savedAt: kept?.savedAt ?? null };
}
