import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { zoneName } from "@/lib/call/time-words";
import type { OwnDetails } from "@/lib/own-record/own-details";
import { languageNames, locales } from "@/messages/locales";
import { OwnForm } from "../../own-form";
import { saveDetails } from "../actions";

/** Where the clinic's patients live; whoever is elsewhere keeps the zone that they have. */
const zones = [
  "America/New_York",
  "America/Chicago",
  "America/Denver",
  "America/Phoenix",
  "America/Los_Angeles",
  "America/Anchorage",
  "Pacific/Honolulu",
  "America/Puerto_Rico",
];

type Props = { own: OwnDetails; now: Date; tag: string };

export function DetailsForm({ own, now, tag }: Props) {
  const t = useTranslations("own.details");
  const offered = zones.includes(own.timeZone) ? zones : [own.timeZone, ...zones];
  return (
    <OwnForm action={saveDetails} look="btn--quiet" busy={t("saving")} label={t("save")}>
      <Field id="locale" label={t("language")}>
        {(tied) => (
          <span className="pick">
            <select {...tied} className="input" name="locale" defaultValue={own.locale}>
              {locales.map((locale) => (
                <option key={locale} value={locale} lang={locale}>
                  {languageNames[locale]}
                </option>
              ))}
            </select>
            <Icon name="down" />
          </span>
        )}
      </Field>
      <Field id="timeZone" label={t("zone")} hint={t("zoneHint")}>
        {(tied) => (
          <span className="pick">
            <select {...tied} className="input" name="timeZone" defaultValue={own.timeZone}>
              {offered.map((zone) => (
                <option key={zone} value={zone}>
                  {zoneName(now, zone, tag)}
                </option>
              ))}
            </select>
            <Icon name="down" />
          </span>
        )}
      </Field>
    </OwnForm>
  );
}
