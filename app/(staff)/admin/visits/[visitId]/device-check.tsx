import { useTranslations } from "next-intl";
import { type ConnectionFigures, findingsOf, isWhole } from "@/lib/kernel/connection";
import { clockTime, shortDay } from "@/lib/kernel/times";
import type { VisitDetail } from "@/lib/visits/answers";
import { Icon } from "../../../../icons";
import { Act } from "./act";
import { sendCheck } from "./actions";

const dayMs = 24 * 3_600_000;
type Props = { visit: VisitDetail; zone: string; tag: string; now: Date; mayAct: boolean };

/** What came of the patient's newest device check, and the button that sends one. Whoever holds its link may have run it. */
export function DeviceCheck({ visit, zone, tag, now, mayAct }: Props) {
  const t = useTranslations("visit.check");
  const { deviceCheck: found } = visit;
  if (!found && !mayAct) return null;
  return (
    <section className="card stack stack--tight todo" aria-labelledby="device-check">
      <h2 id="device-check">{t("title")}</h2>
      {found ? (
        <>
          <p className="small soft">
            {t("at", {
              day: shortDay(new Date(found.at), zone, tag),
              time: clockTime(new Date(found.at), zone, tag),
            })}
          </p>
          <ul className="checks">
            <Finding good={found.camera === "works"} say={t(`camera.${found.camera}`)} />
            <Finding good={found.microphone === "works"} say={t(`microphone.${found.microphone}`)} />
            <Finding good={found.speaker === "works"} say={t(`speaker.${found.speaker}`)} />
            <Connection found={found} tag={tag} />
          </ul>
        </>
      ) : (
        <p className="small soft">{t(`none.${standing(visit, now)}`)}</p>
      )}
      {mayAct && standing(visit, now) !== "during" ? (
        <Act
          action={sendCheck}
          visitId={visit.visitId}
          look="btn--quiet btn--wide"
          busy={t("sending")}
          label={t("send")}
        />
      ) : null}
    </section>
  );
}

/** The reminder of the day before offers a check; later than that, nothing does by itself. */
function standing(visit: VisitDetail, now: Date): "ahead" | "soon" | "during" {
  if (visit.status === "ACTIVE") return "during";
  return Date.parse(visit.scheduledAt) - now.getTime() > dayMs ? "ahead" : "soon";
}

/** Each trouble of the connection and the device, or that there is none; and the figures it was told by. */
function Connection({ found, tag }: { found: ConnectionFigures; tag: string }) {
  const t = useTranslations("visit.check.connection");
  const number = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 });
  const findings = findingsOf(found);
  const { lostDownPercent, lostUpPercent, mediaRoundTripMs, jitterMs, downKbps, upKbps, roundTripMs } = found;
  const { framesPerSecond, frameMs, lateMs, path } = found;
  return (
    <>
      {findings.map((finding) => (
        <Finding key={finding} good={false} say={t(`findings.${finding}`)} />
      ))}
      {findings.length === 0 ? (
        <Finding good={isWhole(found)} say={isWhole(found) ? t("good") : t("untried")} />
      ) : null}
      <li className="small soft">
        <div>
          {path === "untried" ? null : (
            <p>
              {lostDownPercent !== null &&
              lostUpPercent !== null &&
              mediaRoundTripMs !== null &&
              jitterMs !== null
                ? t("media", {
                    path: t(`paths.${path}`),
                    down: number.format(lostDownPercent),
                    up: number.format(lostUpPercent),
                    roundTripMs: mediaRoundTripMs,
                    jitterMs,
                  })
                : t("mediaPath", { path: t(`paths.${path}`) })}
            </p>
          )}
          {downKbps !== null && upKbps !== null && roundTripMs !== null ? (
            <p>{t("line", { up: mbps(upKbps, tag), down: mbps(downKbps, tag), roundTripMs })}</p>
          ) : null}
          {framesPerSecond !== null && frameMs !== null && lateMs !== null ? (
            <p>
              {t("device", {
                frames: number.format(framesPerSecond),
                frameMs: number.format(frameMs),
                lateMs,
              })}
            </p>
          ) : null}
        </div>
      </li>
    </>
  );
}

function Finding({ good, say }: { good: boolean; say: string }) {
  return (
    <li className={good ? "checks__good" : "checks__look"}>
      <Icon name={good ? "good" : "warn"} />
      <span>{say}</span>
    </li>
  );
}

function mbps(kbps: number, tag: string): string {
  return new Intl.NumberFormat(tag, { maximumFractionDigits: kbps < 10_000 ? 1 : 0 }).format(kbps / 1000);
}
