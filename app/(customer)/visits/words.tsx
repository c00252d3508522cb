import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";

/** A short word of the patient's: sealed, and read by whoever plans their visit. */
export function Words({ id, label }: { id: string; label: string }) {
  const t = useTranslations("own.ask");
  return (
    <Field id={id} label={label} hint={`${t("wordsHint")} ${t("optional")}`}>
      {(tied) => (
        <textarea {...tied} className="input" name="words" rows={2} maxLength={300} autoComplete="off" />
      )}
    </Field>
  );
}
