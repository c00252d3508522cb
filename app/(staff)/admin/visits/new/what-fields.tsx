"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { findUsualKind } from "../../weigh";
import { useAnswer } from "../../weighed";
import { Pick } from "./pick";
import type { Part } from "./values";

type Props = Part & {
  /** "": nobody yet. */
  patientId: string;
};

/** What kind of visit, how its links are sent, and why. The kind is the patient's usual next one until another is picked. */
export function WhatFields({ values, set, errors, patientId }: Props) {
  const t = useTranslations("book");
  const usual = useAnswer(patientId && !values.visitType ? { patientId } : null, findUsualKind);
  return (
    <>
      <div className="two">
        <Field id="visitType" label={t("kind")}>
          {(tied) => (
            <Pick tied={tied} value={values.visitType || (usual ?? "initial")} onPick={set("visitType")}>
              <option value="initial">{t("first")}</option>
              <option value="follow-up">{t("followUp")}</option>
            </Pick>
          )}
        </Field>
        <Field id="channel" label={t("sendBy")} error={errors.channel}>
          {(tied) => (
            <Pick tied={tied} value={values.channel} onPick={set("channel")}>
              <option value="both">{t("both")}</option>
              <option value="sms">{t("sms")}</option>
              <option value="email">{t("email")}</option>
            </Pick>
          )}
        </Field>
      </div>
      <Field id="reason" label={t("reason")} error={errors.reason} hint={t("reasonHint")}>
        {(tied) => (
          <textarea
            {...tied}
            className="input"
            name="reason"
            rows={3}
            maxLength={2000}
            value={values.reason}
            onChange={(event) => set("reason")(event.target.value)}
          />
        )}
      </Field>
    </>
  );
}
