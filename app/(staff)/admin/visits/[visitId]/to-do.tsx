import Link from "next/link";
import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import type { VisitDetail } from "@/lib/visits/answers";
import { Act } from "./act";
import { ActAsked } from "./act-asked";
import { cancel, end, makeLink, noShow, resend, sendLinks } from "./actions";
import { AdmitPatient } from "./admit-patient";

type Props = {
  visit: VisitDetail;
  isClinician: boolean;
  /** How many are invited. */
  guests: number;
  /** How many of its series come after it. */
  following: number;
  now: Date;
};

/** What staff can do with an open visit. */
export function ToDo({ visit, isClinician, guests, following, now }: Props) {
  const t = useTranslations("visit");
  const { visitId } = visit;
  const patientCame = visit.presence.some(({ party }) => party === "patient");
  const sent = visit.messages.length > 0;
  const begun = Date.parse(visit.scheduledAt) <= now.getTime();
  return (
    <section className="card stack todo" aria-label={t("toDo")}>
      <AdmitPatient visit={visit} own={isClinician} />
      {isClinician ? (
        <Act
          action={makeLink}
          visitId={visitId}
          party="clinician"
          look="btn--md btn--wide"
          busy={t("makingMine")}
          label={t("myLink")}
        />
      ) : null}
      <Act
        action={sendLinks}
        visitId={visitId}
        look={sent ? "btn--quiet btn--wide" : "btn--md btn--wide"}
        busy={t("sending")}
        label={t(guests > 0 ? "sendAll" : "sendBoth")}
      />
      <Act
        action={resend}
        visitId={visitId}
        party="patient"
        look="btn--quiet btn--wide"
        busy={t("sending")}
        label={t("resend")}
      />
      <details className="confirm">
        <summary className="btn btn--quiet btn--wide">{t("copyLinks")}</summary>
        <div className="stack stack--tight">
          <Act
            action={makeLink}
            visitId={visitId}
            party="patient"
            look="btn--quiet btn--wide"
            busy={t("making")}
            label={t("patientLink")}
          />
          {isClinician ? null : (
            <Act
              action={makeLink}
              visitId={visitId}
              party="clinician"
              look="btn--quiet btn--wide"
              busy={t("making")}
              label={t("clinicianLink")}
            />
          )}
        </div>
      </details>
      {visit.status === "SCHEDULED" ? (
        <Link className="btn btn--quiet btn--wide" href={`/admin/schedule?move=${visitId}`}>
          {t("move")}
        </Link>
      ) : null}
      {visit.status === "ACTIVE" ? (
        <ActAsked
          ask={t("end")}
          action={end}
          visitId={visitId}
          look="btn--danger btn--wide"
          busy={t("ending")}
          label={t("endYes")}
        >
          <p>{t("endSay")}</p>
        </ActAsked>
      ) : null}
      {begun && !patientCame ? (
        <Act
          action={noShow}
          visitId={visitId}
          look="btn--quiet btn--wide"
          busy={t("noting")}
          label={t("noShow")}
        />
      ) : null}
      <ActAsked
        ask={t("cancel")}
        action={cancel}
        visitId={visitId}
        look="btn--danger btn--wide"
        busy={t("cancelling")}
        label={t(following > 0 ? "cancelThese" : "cancelYes")}
      >
        <p>{t("cancelSay")}</p>
        {following > 0 ? (
          <fieldset className="stack stack--tight">
            <legend className="vh">{t("cancelWhich")}</legend>
            <label className="row">
              <input type="radio" name="scope" value="this" defaultChecked />
              <span>{t("cancelThis")}</span>
            </label>
            <label className="row">
              <input type="radio" name="scope" value="following" />
              <span>{t("cancelFollowing", { count: following })}</span>
            </label>
          </fieldset>
        ) : null}
        <Field id="reason" label={t("cancelWhy")}>
          {(tied) => <input {...tied} className="input" name="reason" maxLength={500} autoComplete="off" />}
        </Field>
      </ActAsked>
    </section>
  );
}
