import { useTranslations } from "next-intl";
import { type KeyEntry, keyOverlaps } from "@/lib/auth/manage-keys";
import { clockTime, shortDay } from "@/lib/kernel/times";
import { KeyActs } from "./key-acts";

type Props = { keys: KeyEntry[]; zone: string; tag: string };
const looks = { live: "chip chip--good", expired: "chip", revoked: "chip" };

export function KeyTable({ keys, zone, tag }: Props) {
  const t = useTranslations("keys");
  const at = (iso: string) => `${shortDay(new Date(iso), zone, tag)}, ${clockTime(new Date(iso), zone, tag)}`;
  return (
    <section className="card card--flush scroll" aria-label={t("list")}>
      <table className="table table--stack entries">
        <thead>
          <tr>
            <th scope="col">{t("name")}</th>
            <th scope="col">{t("scopes")}</th>
            <th scope="col">{t("created")}</th>
            <th scope="col">{t("lastUsed")}</th>
            <th scope="col">{t("expires")}</th>
            <th scope="col">{t("acts")}</th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.keyId} className={key.state === "live" ? undefined : "is-past"}>
              <td>
                <b>{key.name}</b> <span className={looks[key.state]}>{t(`states.${key.state}`)}</span>
              </td>
              <td className="whole" data-label={t("scopes")}>
                {key.scopes.join(", ")}
              </td>
              <td data-label={t("created")}>
                <span>
                  {at(key.createdAt)}
                  {key.rotatedAt ? (
                    <>
                      <br />
                      <span className="small soft">{t("rotatedAt", { when: at(key.rotatedAt) })}</span>
                    </>
                  ) : null}
                </span>
              </td>
              <td data-label={t("lastUsed")}>{key.lastUsedAt ? at(key.lastUsedAt) : t("never")}</td>
              <td data-label={t("expires")}>
                <span>
                  {key.expiresAt ? at(key.expiresAt) : t("neverEnds")}
                  {key.previousUntil ? (
                    <>
                      <br />
                      <span className="small soft">{t("oldUntil", { when: at(key.previousUntil) })}</span>
                    </>
                  ) : null}
                </span>
              </td>
              <td>
                {key.state === "live" ? (
                  <KeyActs keyId={key.keyId} name={key.name} overlaps={keyOverlaps} />
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
