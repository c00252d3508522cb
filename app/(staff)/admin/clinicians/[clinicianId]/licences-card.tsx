import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import type { ClinicianRecord } from "@/lib/clinicians/roster";
import { isUsState, usStates } from "@/lib/kernel/us-states";
import { Icon } from "../../../../icons";
import { SaveForm } from "../../save-form";
import { LicenceChip } from "../licence-chip";
import { dayWords } from "../week-words";
import { dropLicence, saveLicence } from "./actions";

type Props = { clinician: ClinicianRecord; today: string; mayChange: boolean; tag: string };

/** Where this clinician may practise, and until when. A booking outside it is refused. */
export function LicencesCard({ clinician, today, mayChange, tag }: Props) {
  const t = useTranslations("clinicians");
  const states = useTranslations("states");
  const { clinicianId, licences } = clinician;
  const nameOf = (code: string) => (isUsState(code) ? states(code) : code);
  return (
    <section className="card card--flush" aria-labelledby="licences-head">
      <div className="card__head">
        <h2 id="licences-head">{t("licenses")}</h2>
      </div>
      {licences.length === 0 ? <p className="pad">{t("noLicenseSay")}</p> : null}
      {licences.length > 0 ? (
        <div className="scroll">
          <table className="table table--stack">
            <thead>
              <tr>
                <th scope="col">{t("state")}</th>
                <th scope="col">{t("number")}</th>
                <th scope="col">{t("lastDay")}</th>
                <th scope="col">{t("holds")}</th>
                {mayChange ? <th scope="col">{t("act")}</th> : null}
              </tr>
            </thead>
            <tbody>
              {licences.map((licence) => (
                <tr key={licence.state}>
                  <td data-label={t("state")}>
                    <b>{nameOf(licence.state)}</b>
                  </td>
                  <td data-label={t("number")}>{licence.number}</td>
                  <td data-label={t("lastDay")}>{dayWords(licence.expiresOn, tag)}</td>
                  <td data-label={t("holds")}>
                    <LicenceChip licence={licence} today={today} />
                  </td>
                  {mayChange ? (
                    <td data-label={t("act")}>
                      <details className="confirm">
                        <summary className="btn btn--quiet btn--tiny">
                          {t("remove")}
                          <span className="vh"> {nameOf(licence.state)}</span>
                        </summary>
                        <SaveForm
                          action={dropLicence}
                          fields={{ clinicianId, state: licence.state }}
                          look="btn--danger btn--tiny"
                          busy={t("removing")}
                          label={t("removeYes")}
                        >
                          <p className="small">{t("removeSay")}</p>
                        </SaveForm>
                      </details>
                    </td>
                  ) : null}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {mayChange ? (
        <div className="card__foot">
          <SaveForm
            action={saveLicence}
            fields={{ clinicianId }}
            name={t("addLicense")}
            look="btn--md"
            busy={t("saving")}
            label={t("saveLicense")}
            clears
            className="stack"
          >
            <h3>{t("addLicense")}</h3>
            <p className="small soft">{t("addLicenseSay")}</p>
            <div className="three">
              <Field id="state" label={t("state")} required>
                {(tied) => (
                  <span className="pick">
                    <select {...tied} className="input" name="state" required defaultValue="">
                      <option value="">{t("choose")}</option>
                      {usStates.map((code) => (
                        <option key={code} value={code}>
                          {states(code)}
                        </option>
                      ))}
                    </select>
                    <Icon name="down" />
                  </span>
                )}
              </Field>
              <Field id="number" label={t("number")} required>
                {(tied) => (
                  <input
                    {...tied}
                    className="input"
                    name="number"
                    required
                    maxLength={40}
                    autoComplete="off"
                  />
                )}
              </Field>
              <Field id="expiresOn" label={t("lastDay")} required>
                {(tied) => <input {...tied} className="input" name="expiresOn" type="date" required />}
              </Field>
            </div>
          </SaveForm>
        </div>
      ) : null}
    </section>
  );
}
