import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import type { Phone } from "@/lib/desk/phone/phone";
import type { Desk } from "./use-desk";

type Props = {
  desk: Desk;
  contactId: string;
  transfers: Phone["transfers"];
  close: () => void;
};

/** To whom the call may go: at once, and the caller waits for whoever is next; or after a word with them, the caller on hold. */
export function Transfer({ desk, contactId, transfers, close }: Props) {
  const t = useTranslations("desk");
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const hand = async (act: "transfer" | "consult", to: { kind: "queue" | "agent"; id: string }) => {
    if (await desk.act({ act, contactId, to })) close();
  };
  return (
    <section className="card stack stack--tight desk__transfer" aria-labelledby="desk-transfer">
      <div className="stack stack--tight">
        <h2 id="desk-transfer" ref={title} tabIndex={-1}>
          {t("handTo")}
        </h2>
        <p className="small soft">{t("consultation.say")}</p>
      </div>
      {transfers.length === 0 ? <p className="soft">{t("nobodyElse")}</p> : null}
      <ul className="stack stack--tight">
        {transfers.map(({ kind, id, name, free }) => (
          <li key={`${kind} ${id}`} className="row row--wrap">
            <span className="grow" id={`desk-to-${id}`}>
              <span className="small soft">{t(kind === "queue" ? "queue" : "colleague")}</span> <b>{name}</b>{" "}
              {free ? null : <span className="small soft">{t("taken")}</span>}
            </span>
            <button
              type="button"
              className="btn btn--quiet btn--md"
              aria-describedby={`desk-to-${id}`}
              onClick={() => void hand("consult", { kind, id })}
            >
              {t("consultation.ask")}
            </button>
            <button
              type="button"
              className="btn btn--quiet btn--md"
              aria-describedby={`desk-to-${id}`}
              onClick={() => void hand("transfer", { kind, id })}
            >
              {t("consultation.hand")}
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className="btn btn--ghost btn--md desk__self" onClick={close}>
        {t("keepCall")}
      </button>
    </section>
  );
}
