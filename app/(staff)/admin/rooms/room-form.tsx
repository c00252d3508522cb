"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Icon } from "../../../icons";
import { SaveForm } from "../save-form";
import { makeOne } from "./actions";

const lengths = [15, 30, 60, 120, 240, 480] as const;

/** Makes a room: when, for how long, with a lobby or without. */
export function RoomForm() {
  const t = useTranslations("rooms");
  const [later, setLater] = useState(false);
  const [wall, setWall] = useState("");
  const moment = wall ? new Date(wall) : null; // the reader's own wall clock
  const startsAt = moment && !Number.isNaN(moment.getTime()) ? moment.toISOString() : "";
  return (
    <section className="card stack" aria-labelledby="new-room">
      <h2 id="new-room">{t("new")}</h2>
      <SaveForm
        action={makeOne}
        fields={{ startsAt: later ? startsAt : "" }}
        label={t("make")}
        busy={t("making")}
      >
        <Field id="name" label={t("name")} hint={t("nameHint")}>
          {(tied) => <input {...tied} className="input" name="name" maxLength={60} autoComplete="off" />}
        </Field>
        <Field id="when" label={t("when")}>
          {(tied) => (
            <span className="pick">
              <select
                {...tied}
                className="input"
                name="when"
                value={later ? "later" : "now"}
                onChange={({ target }) => setLater(target.value === "later")}
              >
                <option value="now">{t("now")}</option>
                <option value="later">{t("later")}</option>
              </select>
              <Icon name="down" />
            </span>
          )}
        </Field>
        {later ? (
          <Field id="wall" label={t("startsAt")} hint={t("startsHint")}>
            {(tied) => (
              <input
                {...tied}
                className="input"
                type="datetime-local"
                required
                value={wall}
                onChange={({ target }) => setWall(target.value)}
              />
            )}
          </Field>
        ) : null}
        <Field id="ttl" label={t("ttl")}>
          {(tied) => (
            <span className="pick">
              <select {...tied} className="input" name="ttlMinutes" defaultValue="60">
                {lengths.map((minutes) => (
                  <option key={minutes} value={minutes}>
                    {minutes < 60 ? t("minutes", { count: minutes }) : t("hours", { count: minutes / 60 })}
                  </option>
                ))}
              </select>
              <Icon name="down" />
            </span>
          )}
        </Field>
        <label className="row">
          <input type="checkbox" name="lobby" defaultChecked />
          <span>{t("lobby")}</span>
        </label>
      </SaveForm>
    </section>
  );
}
