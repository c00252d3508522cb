import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import type { RoomRole } from "@/lib/kernel/room-role";
import type { RoomEntry } from "@/lib/rooms/answers";
import { languageNames, locales } from "@/messages/locales";
import { Icon } from "../../../../icons";
import { SaveForm } from "../../save-form";
import { admit, newLink, remove, send } from "../actions";
import { personWord } from "../room-list";
import { CopyLink } from "./copy-link";
import { PhoneCode } from "./phone-code";

type Props = {
  roomId: string;
  person: RoomEntry["people"][number];
  /** Null: it was used or taken back, and is shown to nobody again. */
  link: string | null;
};

/** One person of an open room: how they stand, and their link. For server components. */
export function LinkCard({ roomId, person, link }: Props) {
  const t = useTranslations("rooms");
  const role: RoomRole = person.role;
  const { seatId } = person;
  const word = personWord(person);
  const fields = { roomId, role };
  return (
    <section className="card stack" aria-labelledby={`of-${role}`}>
      <div className="row row--wrap">
        <h2 className="grow" id={`of-${role}`}>
          {t(role)}
        </h2>
        <span
          className={word === "in-call" ? "chip chip--good" : word === "waiting" ? "chip chip--wait" : "chip"}
        >
          {t(`person.${word}`)}
        </span>
        <span className="chip">{t(`link.${person.link}`)}</span>
      </div>
      {seatId && (person.state === "waiting" || person.state === "in-call") ? (
        <div className="row row--wrap">
          {person.state === "waiting" ? (
            <SaveForm action={admit} fields={{ roomId, seatId }} label={t("admit")} busy={t("admit")} />
          ) : null}
          <SaveForm
            action={remove}
            fields={{ roomId, seatId }}
            label={t("remove")}
            busy={t("remove")}
            look="btn--quiet"
          />
        </div>
      ) : null}
      {link ? (
        <>
          <CopyLink link={link} name={t(role)} />
          <details>
            <summary>{t("code")}</summary>
            <p className="small soft">{t("codeSay")}</p>
            <PhoneCode link={link} label={`${t("code")}: ${t(role)}`} />
          </details>
          <SaveForm
            action={send}
            fields={fields}
            label={t("send")}
            busy={t("send")}
            look="btn--quiet"
            name={`${t("send")}: ${t(role)}`}
          >
            <Field id={`to-${role}`} label={t("sendTo")} hint={t("sendHint")}>
              {(tied) => (
                <input {...tied} className="input" name="to" maxLength={254} autoComplete="off" required />
              )}
            </Field>
            <Field id={`locale-${role}`} label={t("language")}>
              {(tied) => (
                <span className="pick">
                  <select {...tied} className="input" name="locale">
                    {locales.map((locale) => (
                      <option key={locale} value={locale} lang={locale}>
                        {languageNames[locale]}
                      </option>
                    ))}
                  </select>
                  <Icon name="down" />
                </span>
              )}
            </Field>
          </SaveForm>
        </>
      ) : (
        <p className="soft">{t(person.link === "revoked" ? "revokedLink" : "usedLink")}</p>
      )}
      <SaveForm action={newLink} fields={fields} label={t("newLink")} busy={t("newLink")} look="btn--quiet">
        {person.link === "revoked" ? null : <p className="small soft">{t("newLinkSay")}</p>}
      </SaveForm>
    </section>
  );
}
