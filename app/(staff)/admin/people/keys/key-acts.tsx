"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useActionState } from "react";
import { Field } from "@/components/ui/field";
import { Icon } from "../../../../icons";
import { ActAsked } from "../../visits/[visitId]/act-asked";
import { endKey, type KeyTold, newSecret } from "./actions";
import { KeyOutcome } from "./told";

type Props = { keyId: string; name: string; overlaps: readonly number[] };
const nothing: KeyTold = { kind: "nothing" };
const vh = (part: ReactNode) => <span className="vh">{part}</span>;

/** A new secret, or the end: each behind a second press that says what it means. */
export function KeyActs({ keyId, name, overlaps }: Props) {
  const t = useTranslations("keys");
  const [rotated, rotate, rotating] = useActionState(newSecret, nothing);
  return (
    <div className="row row--wrap row--top">
      <details className="confirm">
        <summary className="btn btn--quiet btn--tiny">
          <span>{t.rich("rotateAsk", { name, vh })}</span>
        </summary>
        <form action={rotate} className="stack stack--tight">
          <input type="hidden" name="keyId" value={keyId} />
          <p className="small">{t("rotateSay")}</p>
          <Field id={`overlap-${keyId}`} label={t("overlap")}>
            {(tied) => (
              <span className="pick">
                <select {...tied} className="input" name="overlapHours" defaultValue="24">
                  {overlaps.map((hours) => (
                    <option key={hours} value={hours}>
                      {t("overlaps", { hours })}
                    </option>
                  ))}
                </select>
                <Icon name="down" />
              </span>
            )}
          </Field>
          <button type="submit" className="btn btn--tiny" aria-disabled={rotating}>
            {rotating ? t("working") : t("rotateDo")}
          </button>
          <KeyOutcome told={rotated} name={name} />
        </form>
      </details>
      <ActAsked
        ask={<span>{t.rich("revokeAsk", { name, vh })}</span>}
        tiny
        action={endKey}
        fields={{ keyId }}
        look="btn--danger btn--tiny"
        busy={t("working")}
        label={t("revokeDo")}
      >
        <p className="small">{t("revokeSay")}</p>
      </ActAsked>
    </div>
  );
}
