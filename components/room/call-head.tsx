import { useEffect, useState } from "react";
import type { Inside } from "@/lib/call/call-state";
import { shortTimer } from "@/lib/call/time-words";
import { Icon } from "../ui/icon";
import type { RoomFacts, RoomWords } from "./room-facts";

/** How it stands, in one line and what follows from it, and what is out of the ordinary. */
export function CallHead(props: {
  role: RoomFacts["role"];
  say: RoomWords["call"];
  state: Inside;
  together: boolean;
  locked: boolean;
}) {
  const { say, state, together } = props;
  return (
    <>
      <div className="stack stack--tight">
        <div role="status">
          <h1>{headline(state, say, props.role, together)}</h1>
        </div>
        <p className="soft">{under(state, say, together)}</p>
        {together && state.talkedSinceMs ? <Talked sinceMs={state.talkedSinceMs} /> : null}
      </div>
      {props.locked ? (
        <p className="banner">
          <Icon name="lock" />
          <span>{say.locked}</span>
        </p>
      ) : null}
      {state.quality === "weak" || state.quality === "bad" ? (
        <p className="banner banner--notice" role="status">
          <Icon name="wifi" />
          <span>{say.weak}</span>
        </p>
      ) : null}
    </>
  );
}

function headline(state: Inside, say: RoomWords["call"], role: RoomFacts["role"], together: boolean): string {
  if (state.phase === "reconnecting") return say.reconnecting;
  if (!state.admitted) return say.waitTitle;
  if (state.phase === "connecting") return say.connecting;
  if (together) return say.together;
  return role === "host" ? say.aloneHost : say.aloneGuest;
}

function under(state: Inside, say: RoomWords["call"], together: boolean): string {
  if (state.phase === "reconnecting") return say.reconnectingSay;
  if (!state.admitted) return say.waitSay;
  return together ? "" : say.aloneSay;
}

function Talked({ sinceMs }: { sinceMs: number }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return <p className="soft num">{shortTimer(now - sinceMs)}</p>;
}
