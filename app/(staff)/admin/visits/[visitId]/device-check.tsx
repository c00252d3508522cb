import { useTranslations } from "next-intl";
import { clockTime, shortDay } from "@/lib/kernel/times";
import type { VisitDetail } from "@/lib/visits/answers";
import { Icon } from "../../../../icons";
import { Act } from "./act";
import { sendCheck } from "./actions";

type Props = { visit: VisitDetail; zone: string; tag: string; mayAct: boolean };

/** What came of the patient's newest device check, and the button that sends one. Whoever holds its link may have run it. */
export function DeviceCheck({ visit, zone, tag, mayAct }: Props) {
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
            <Finding good={found.network === "good"} say={t(`network.${found.network}`)}>
              {found.upKbps !== null && found.downKbps !== null && found.roundTripMs !== null
                ? t("figures", {
                    up: mbps(found.upKbps, tag),
                    down: mbps(found.downKbps, tag),
                    roundTripMs: found.roundTripMs,
                  })
                : null}
            </Finding>
          </ul>
        </>
      ) : (
        <p className="small soft">{t("none")}</p>
      )}
      {mayAct ? (
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

function Finding({ good, say, children }: { good: boolean; say: string; children?: string | null }) {
  return (
    <li className={good ? "checks__good" : "checks__look"}>
      <Icon name={good ? "good" : "warn"} />
      <span>
        {say} {children ? <span className="small soft">{children}</span> : null}
      </span>
    </li>
  );
}

function mbps(kbps: number, tag: string): string {
  return new Intl.NumberFormat(tag, { maximumFractionDigits: kbps < 10_000 ? 1 : 0 }).format(kbps / 1000);
}
