import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { waitingPresets, waitingTextMax } from "@/lib/kernel/waiting-presets";
import type { VisitDetail } from "@/lib/visits/answers";
import { Act } from "./act";
import { tellPatient } from "./actions";

/** One press tells the patient who waits; ready sentences come in the patient's own language. */
export function TellWaiting({ visit, tag }: { visit: VisitDetail; tag: string }) {
  const t = useTranslations("visit.tell");
  const language = new Intl.DisplayNames(tag, { type: "language" }).of(visit.patient.locale);
  return (
    <section className="card stack stack--tight todo" aria-labelledby="tell-head">
      <h2 id="tell-head">{t("title")}</h2>
      <p className="small soft">{t("say")}</p>
      {waitingPresets.map((preset) => (
        <Act
          key={preset}
          action={tellPatient}
          visitId={visit.visitId}
          fields={{ preset }}
          look="btn--quiet btn--wide"
          busy={t("telling")}
          label={t(`presets.${preset}`)}
        />
      ))}
      <Act
        action={tellPatient}
        visitId={visit.visitId}
        look="btn--quiet btn--wide"
        busy={t("telling")}
        label={t("send")}
      >
        <Field
          id="tell-text"
          label={t("own")}
          hint={t("ownHint", { language: language ?? visit.patient.locale })}
        >
          {(tied) => (
            <input
              {...tied}
              className="input"
              name="text"
              maxLength={waitingTextMax}
              required
              autoComplete="off"
            />
          )}
        </Field>
      </Act>
    </section>
  );
}
