import { err, ok, type Result } from "@/lib/kernel/result";
import type { CloudRefusal } from "@/lib/ports/meetings";
import type { CallDeps, CallRow } from "./deps";
import { stopInCloud } from "./end-call";
import { keepPlace, type Placed, readPlaced, signContext } from "./place";

type Deps = Pick<
  CallDeps,
  "db" | "clock" | "keyring" | "signer" | "contactCentre" | "meetings" | "sipBridge" | "log"
>;

/**
 * Route `webrtc`: a contact whose attributes hold the signed caller context, a word on what it is about, and nothing else; its meeting is the caller's too.
 * By a client token that makes repeating it harmless: whatever dies in between, the next click goes on where it stopped.
 */
export async function callByContact(
  deps: Deps,
  row: CallRow,
): Promise<Result<Placed, CloudRefusal | { code: "CONTACT_REFUSED" } | { code: "CALL_OVER" }>> {
  const started = await deps.contactCentre.startWebRtcContact({
    clientToken: `call-${row.id}`,
    flow: "support",
    // What an agent's screen shows before anybody is verified: a name that says nothing.
    displayName: `Caller ${row.id.slice(0, 4).toUpperCase()}`,
    attributes: { caller_context: await signContext(deps, row), ...(row.topic ? { topic: row.topic } : {}) },
    video: false,
  });
  if (!started.ok)
    return started.error.code === "CONTACT_REFUSED" ? err({ code: "CONTACT_REFUSED" }) : err(started.error);
  const { contactId, participantToken, meeting, attendee } = started.value;
  const place = { meeting, attendee, participantToken };
  const kept = await keepPlace(deps, row, place, { contactId });
  if (kept) return ok({ row: kept, place });
  const theirs = await readPlaced(deps, row.id);
  if (theirs) return ok(theirs);
  // Hung up in the meantime, from another tab: what we made is nobody's.
  await stopInCloud(deps, { ...row, contactId });
  return err({ code: "CALL_OVER" });
}

/** Whether the contact still stands. What was there before us may have ended without our being told. */
export async function contactStands(
  { contactCentre }: Pick<CallDeps, "contactCentre">,
  contactId: string,
): Promise<Result<boolean, CloudRefusal>> {
  const state = await contactCentre.describeContact(contactId);
  if (state.ok) return ok(state.value.disconnectedAt === null);
  return state.error.code === "CONTACT_UNKNOWN" ? ok(false) : err(state.error);
}
