import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import { dayParts, wishesMax } from "@/lib/kernel/time-wish";
import { calendarDay } from "@/lib/kernel/times";
import type { OwnVisit } from "@/lib/visits/own-visits";
import { OwnForm } from "../own-form";
import { askTime } from "./actions";
import { Words } from "./words";

type Props = { visit: OwnVisit; zone: string; now: Date };

const wishes = Array.from({ length: wishesMax }, (_, index) => index + 1);

/** Up to three days with a part of the day, and a short word. */
export function AskTime({ visit, zone, now }: Props) {
  const t = useTranslations("own.ask");
  return (
    <div className="card">
      <OwnForm action={askTime} fields={{ visitId: visit.visitId }} busy={t("sending")} label={t("send")}>
        <p>{t("say")}</p>
        {wishes.map((number) => (
          <fieldset key={number} className="own__wish">
            <legend>
              {t("wish", { number: String(number) })}{" "}
              {number > 1 ? <span className="hint small">{t("optional")}</span> : null}
            </legend>
            <label>
              <span className="vh">{t("day")}</span>
              <input
                className="input"
                type="date"
                name={`day${number}`}
                min={calendarDay(now, zone)}
                required={number === 1}
              />
            </label>
            <label>
              <span className="vh">{t("part")}</span>
              <span className="pick">
                <select className="input" name={`part${number}`} defaultValue="morning">
                  {dayParts.map((part) => (
                    <option key={part} value={part}>
                      {t(`parts.${part}`)}
                    </option>
                  ))}
                </select>
                <Icon name="down" />
              </span>
            </label>
          </fieldset>
        ))}
        <Words id={`words-${visit.visitId}`} label={t("words")} />
      </OwnForm>
    </div>
  );
}
