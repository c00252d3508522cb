import { getTranslations } from "next-intl/server";
import { Field } from "@/components/ui/field";
import { clockTime, shortTimer } from "@/lib/call/time-words";
import { playReasons, type RecordingEntry } from "@/lib/recordings/play-recording";
import { Icon } from "../../../icons";
import { PlayForm } from "./play-form";

type Props = {
  /** The address below which their sound is. */
  sounds: string;
  recordings: RecordingEntry[];
  /** Where there are none. */
  none?: string;
  zone: string;
  tag: string;
};

/** What was recorded of a call, for who may listen: each with a reason first, and with who opened it before. */
export async function Recordings({ sounds, recordings, none, zone, tag }: Props) {
  const t = await getTranslations("rooms.recordings");
  const day = new Intl.DateTimeFormat(tag, { timeZone: zone, dateStyle: "medium" });
  const moment = (iso: string) => `${day.format(new Date(iso))}, ${clockTime(new Date(iso), zone, tag)}`;
  return (
    <section className="card stack room-recordings" aria-labelledby="recordings-head">
      <h2 id="recordings-head">{t("title")}</h2>
      {recordings.length === 0 && none ? <p className="soft">{none}</p> : null}
      {recordings.map((one) => {
        const began = moment(one.startedAt ?? one.askedAt);
        return (
          <article key={one.recordingId} className="stack stack--tight">
            <p className="row row--wrap">
              <span className={one.state === "recording" ? "chip chip--wait" : "chip"}>
                {t(`state.${one.state}`)}
              </span>
              <span className="num">{t(one.startedAt ? "began" : "askedAt", { time: began })}</span>
              {one.withPicture ? <span className="soft">{t("picture")}</span> : null}
              {one.seconds === null ? null : (
                <span className="soft num">{t("length", { time: shortTimer(one.seconds * 1_000) })}</span>
              )}
              {one.keptUntil && one.state === "stored" ? (
                <span className="soft num">{t("kept", { time: day.format(new Date(one.keptUntil)) })}</span>
              ) : null}
            </p>
            {one.state === "stored" ? (
              <PlayForm
                sounds={sounds}
                recordingId={one.recordingId}
                withPicture={one.withPicture}
                name={t("player", { time: began })}
              >
                <Field
                  id={`why-${one.recordingId}`}
                  label={t(one.withPicture ? "whyWatch" : "why")}
                  hint={t("whyHint")}
                >
                  {(tied) => (
                    <span className="pick">
                      <select {...tied} className="input" name="reason" required>
                        {playReasons.map((reason) => (
                          <option key={reason} value={reason}>
                            {t(`reasons.${reason}`)}
                          </option>
                        ))}
                      </select>
                      <Icon name="down" />
                    </span>
                  )}
                </Field>
              </PlayForm>
            ) : null}
            {one.plays.length > 0 ? (
              <details>
                <summary>{t("plays")}</summary>
                <ul>
                  {one.plays.map((play) => (
                    <li key={play.at} className="small">
                      {t("by", {
                        name: play.name,
                        time: moment(play.at),
                        reason: t(`reasons.${play.reason}`),
                      })}
                    </li>
                  ))}
                </ul>
              </details>
            ) : null}
          </article>
        );
      })}
    </section>
  );
}
