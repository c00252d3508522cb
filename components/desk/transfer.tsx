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

/** To whom the call may go. The agent leaves it at once; the caller waits for whoever is next. */
export function Transfer({ desk, contactId, transfers, close }: Props) {
  const t = useTranslations("desk");
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const hand = async (to: { kind: "queue" | "agent"; id: string }) => {
    if (await desk.act({ act: "transfer", contactId, to })) close();
  };
  return (
    <section className="card stack stack--tight desk__transfer" aria-labelledby="desk-transfer">
      <h2 id="desk-transfer" ref={title} tabIndex={-1}>
        {t("handTo")}
      </h2>
      {transfers.length === 0 ? <p className="soft">{t("nobodyElse")}</p> : null}
      <ul className="row row--wrap">
        {transfers.map(({ kind, id, name, free }) => (
          <li key={`${kind} ${id}`}>
            <button type="button" className="btn btn--quiet btn--md" onClick={() => void hand({ kind, id })}>
              <span className="small soft">{t(kind === "queue" ? "queue" : "colleague")}</span>
              {name}
              {free ? null : <span className="small soft">{t("taken")}</span>}
            </button>
          </li>
        ))}
        <li>
          <button type="button" className="btn btn--ghost btn--md" onClick={close}>
            {t("keepCall")}
          </button>
        </li>
      </ul>
    </section>
  );
}
