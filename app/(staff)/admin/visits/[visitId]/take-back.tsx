import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { revokeReasons } from "@/lib/visits/revoke-reasons";
import { AskDialog } from "../../ask-dialog";
import { Act } from "./act";
import { takeBack } from "./actions";

type TakeBackProps = {
  visitId: string;
  tokenId: string;
  party: string;
  /** Whom it was made for, where that is known. */
  name?: string | null;
  inside: boolean;
};

/** What it means and why are asked over the page. */
export function TakeBack({ visitId, tokenId, party, name, inside }: TakeBackProps) {
  const t = useTranslations("visit.links.takeBack");
  const ask = t.rich("ask", { party, vh: (part) => <span className="vh">{part}</span> });
  return (
    <AskDialog ask={ask} title={t("title", { name: name ?? party })}>
      <Act
        action={takeBack}
        visitId={visitId}
        fields={{ tokenId }}
        look="btn--danger btn--md"
        busy={t("busy")}
        label={t("yes")}
      >
        <p className="small">{t(inside ? "sayInside" : "say")}</p>
        <Field id={`why-${tokenId}`} label={t("why")} required>
          {(tied) => (
            <select {...tied} className="input" name="reason" required defaultValue="">
              <option value="" disabled>
                {t("choose")}
              </option>
              {revokeReasons.map((reason) => (
                <option key={reason} value={reason}>
                  {t(`reasons.${reason}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <button type="button" className="btn btn--quiet btn--md" data-leave>
          {t("leave")}
        </button>
      </Act>
    </AskDialog>
  );
}
