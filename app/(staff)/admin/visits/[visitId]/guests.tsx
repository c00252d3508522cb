import type { GuestEntry, LiveParty } from "@/lib/visits/answers";
import { Act } from "./act";
import { admitSeat, guestLink, invite, removeSeat, speak, uninvite } from "./guest-actions";

type Props = {
  visitId: string;
  guests: GuestEntry[];
  present: LiveParty[];
  /** The reader may invite and let in. */
  mayAct: boolean;
};

const roleNames = { caregiver: "Caregiver", interpreter: "Interpreter", student: "Student" } as const;
const linkWords = {
  ISSUED: "Invited",
  OPENED: "Link opened",
  REDEEMED: "Joined",
  EXPIRED: "Link ran out",
  REVOKED: "No link",
} as const;
const stateWords = { absent: "", waiting: "Waiting", "in-call": "In the call", left: "Left" } as const;

/** Who was asked to come beside the two; and, while the visit is open, the form that asks somebody. */
export function Guests({ visitId, guests, present, mayAct }: Props) {
  return (
    <section className="card stack" aria-labelledby="guests">
      <h2 id="guests">Guests</h2>
      {guests.length === 0 ? (
        <p className="soft small">Nobody. A caregiver, an interpreter or a student can be invited.</p>
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
  const state = seat ? stateWords[seat.state] || linkWords[guest.link] : linkWords[guest.link];
  const hidden = <span className="vh"> {name}</span>;
  return (
    <li className="stack stack--tight">
      <p className="row row--wrap">
        <span className="grow">
          <b>{name}</b>, {roleNames[role].toLowerCase()}
          <br />
          <span className="small soft">{[phone, email].filter(Boolean).join(" · ") || "No contact"}</span>
        </span>
        <span className={seat?.state === "waiting" ? "chip chip--wait" : "chip"}>{state}</span>
      </p>
      {mayAct ? (
        <div className="row row--wrap">
          {seat?.seatId && seat.state === "waiting" ? (
            <Act
              action={admitSeat}
              visitId={visitId}
              look="btn--notice"
              busy="Letting in…"
              label={<>Let in{hidden}</>}
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
                  busy="Telling the call…"
                  label={seat.maySpeak ? <>Only listen{hidden}</> : <>Let speak{hidden}</>}
                >
                  <input type="hidden" name="seatId" value={seat.seatId} />
                  <input type="hidden" name="maySpeak" value={seat.maySpeak ? "no" : "yes"} />
                </Act>
              ) : null}
              <Act action={removeSeat} visitId={visitId} busy="Taking out…" label={<>Take out{hidden}</>}>
                <input type="hidden" name="seatId" value={seat.seatId} />
              </Act>
            </>
          ) : null}
          {phone || email ? (
            <Act action={guestLink} visitId={visitId} busy="Sending…" label={<>Send a new link{hidden}</>}>
              <input type="hidden" name="guestId" value={guestId} />
            </Act>
          ) : null}
          <Act action={uninvite} visitId={visitId} busy="Uninviting…" label={<>Uninvite{hidden}</>}>
            <input type="hidden" name="guestId" value={guestId} />
          </Act>
        </div>
      ) : null}
    </li>
  );
}

function Invite({ visitId }: { visitId: string }) {
  return (
    <details className="confirm">
      <summary className="btn btn--quiet btn--wide">Invite a guest…</summary>
      <Act action={invite} visitId={visitId} look="btn--md btn--wide" busy="Inviting…" label="Invite">
        <div className="field">
          <label htmlFor="guest-role">Comes as</label>
          <select className="input" id="guest-role" name="role" defaultValue="caregiver">
            {Object.entries(roleNames).map(([role, words]) => (
              <option key={role} value={role}>
                {words}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="guest-name">First name</label>
          <input
            className="input"
            id="guest-name"
            name="name"
            required
            maxLength={40}
            autoComplete="off"
            aria-describedby="guest-name-help"
          />
          <p className="hint" id="guest-name-help">
            The others in the visit see it, with the role.
          </p>
        </div>
        <div className="field">
          <label htmlFor="guest-phone">Mobile phone</label>
          <input
            className="input"
            id="guest-phone"
            name="phone"
            type="tel"
            autoComplete="off"
            maxLength={30}
          />
        </div>
        <div className="field">
          <label htmlFor="guest-email">Email</label>
          <input
            className="input"
            id="guest-email"
            name="email"
            type="email"
            autoComplete="off"
            maxLength={254}
          />
          <p className="hint">
            The link goes to what you fill in. With neither, you get it here to hand over.
          </p>
        </div>
      </Act>
    </details>
  );
}
