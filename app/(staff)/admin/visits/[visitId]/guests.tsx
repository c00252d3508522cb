import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { guestRoles } from "@/lib/kernel/party";
import type { GuestEntry, LiveParty } from "@/lib/visits/answers";
import { LinkChip } from "../../link-chip";
import { Act } from "./act";
import { ActAsked } from "./act-asked";
import { admitSeat, guestLink, invite, removeSeat, speak, uninvite } from "./guest-actions";

type Props = {
  visitId: string;
  guests: GuestEntry[];
  present: LiveParty[];
  /** The reader may invite and let in. */
  mayAct: boolean;
};

/** Who was asked to come beside the two; and, while the visit is open, the form that asks somebody. */
export function Guests({ visitId, guests, present, mayAct }: Props) {
  const t = useTranslations("visit.guests");
  return (
    <section className="card stack" aria-labelledby="guests">
      <h2 id="guests">{t("title")}</h2>
      {guests.length === 0 ? (
        <p className="soft small">{t("none")}</p>
      ) : (
        <ul className="stack">
          {guests.map((guest) => (
            <Guest
              key={guest.guestId}
              visitId={visitId}
              guest={guest}
              seat={present.find(({ guestId, seatId }) => seatId !== null && guestId === guest.guestId)}
              mayAct={mayAct}
            />
          ))}
        </ul>
      )}
      {mayAct && guests.length < 4 ? <Invite visitId={visitId} /> : null}
    </section>
  );
}

function Guest({
  visitId,
  guest,
  seat,
  mayAct,
}: {
  visitId: string;
  guest: GuestEntry;
  seat?: LiveParty;
  mayAct: boolean;
}) {
  const { guestId, name, role, phone, email } = guest;
  const t = useTranslations("visit.guests");
  const whom = { name, vh: (part: ReactNode) => <span className="vh">{part}</span> };
  return (
    <li className="stack stack--tight">
      <p className="row row--wrap">
        <span className="grow">
          {t.rich("row", { name, role, b: (part) => <b>{part}</b> })}
          <br />
          <span className="small soft">{[phone, email].filter(Boolean).join(" · ") || t("noContact")}</span>
        </span>
        {seat && seat.state !== "absent" ? (
          <span className={seat.state === "waiting" ? "chip chip--wait" : "chip"}>
            {t(`states.${seat.state}`)}
          </span>
        ) : guest.link ? (
          <LinkChip status={guest.link} />
        ) : (
          <span className="chip">{t("noLink")}</span>
        )}
      </p>
      {mayAct ? (
        <div className="row row--wrap">
          {seat?.seatId && seat.state === "waiting" ? (
            <Act
              action={admitSeat}
              visitId={visitId}
              look="btn--notice"
              busy={t("admitting")}
              label={t.rich("admit", whom)}
            >
              <input type="hidden" name="seatId" value={seat.seatId} />
            </Act>
          ) : null}
          {seat?.seatId && seat.state === "in-call" ? (
            <>
              {role === "student" ? (
                <Act
                  action={speak}
                  visitId={visitId}
                  busy={t("telling")}
                  label={seat.maySpeak ? t.rich("listen", whom) : t.rich("speak", whom)}
                >
                  <input type="hidden" name="seatId" value={seat.seatId} />
                  <input type="hidden" name="maySpeak" value={seat.maySpeak ? "no" : "yes"} />
                </Act>
              ) : null}
              <Act action={removeSeat} visitId={visitId} busy={t("removing")} label={t.rich("remove", whom)}>
                <input type="hidden" name="seatId" value={seat.seatId} />
              </Act>
            </>
          ) : null}
          {phone || email ? (
            <Act action={guestLink} visitId={visitId} busy={t("sending")} label={t.rich("resend", whom)}>
              <input type="hidden" name="guestId" value={guestId} />
            </Act>
          ) : null}
          <Act action={uninvite} visitId={visitId} busy={t("uninviting")} label={t.rich("uninvite", whom)}>
            <input type="hidden" name="guestId" value={guestId} />
          </Act>
        </div>
      ) : null}
    </li>
  );
}

function Invite({ visitId }: { visitId: string }) {
  const t = useTranslations("visit.guests");
  const roles = useTranslations("visit.parties");
  return (
    <ActAsked
      ask={t("invite")}
      action={invite}
      visitId={visitId}
      look="btn--md btn--wide"
      busy={t("inviting")}
      label={t("inviteNow")}
    >
      <Field id="guest-role" label={t("role")}>
        {(tied) => (
          <select {...tied} className="input" name="role" defaultValue="caregiver">
            {guestRoles.map((role) => (
              <option key={role} value={role}>
                {roles(role)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field id="guest-name" label={t("name")} hint={t("nameHint")} required>
        {(tied) => (
          <input {...tied} className="input" name="name" required maxLength={40} autoComplete="off" />
        )}
      </Field>
      <Field id="guest-phone" label={t("phone")}>
        {(tied) => (
          <input {...tied} className="input" name="phone" type="tel" autoComplete="off" maxLength={30} />
        )}
      </Field>
      <Field id="guest-email" label={t("email")} hint={t("contactHint")}>
        {(tied) => (
          <input {...tied} className="input" name="email" type="email" autoComplete="off" maxLength={254} />
        )}
      </Field>
    </ActAsked>
  );
}
