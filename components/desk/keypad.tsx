import { useTranslations } from "next-intl";
import type { Desk } from "./use-desk";

const keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];

/** A telephone's keys, for a machine at the other end. They sound in the call; nobody keeps them. */
export function Keypad({ desk, contactId, off }: { desk: Desk; contactId: string; off: boolean }) {
  const t = useTranslations("desk");
  return (
    <section className="card stack stack--tight" aria-label={t("keypad")}>
      <div className="desk__pad" dir="ltr">
        {keys.map((key) => (
          <button
            key={key}
            type="button"
            className="btn btn--quiet btn--md num"
            disabled={off}
            onClick={() => void desk.act({ act: "keys", contactId, keys: key })}
          >
            {key}
          </button>
        ))}
      </div>
      <p className="small soft">{t("keypadSay")}</p>
    </section>
  );
}
