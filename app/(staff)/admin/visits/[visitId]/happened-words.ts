import { useTranslations } from "next-intl";
import type { Happened } from "@/lib/audit/visit-time-line";
import { isGuest } from "@/lib/kernel/party";
import { waitingPresets } from "@/lib/kernel/waiting-presets";
import { revokeReasons } from "@/lib/visits/revoke-reasons";
import { useEventWords, useRoleWords } from "../../event-words";
import { isTemplate } from "./message-words";
import { useReasonWords } from "./reason-words";

type Told = {
  /** Of this visit. */
  clinician: string;
  /** An instant as day and time, by the reader's clock. */
  at: (iso: string) => string;
};

/** One entry of the time line as a sentence, and what else there is to say of it: by whom, to where, why. For server components. */
export function useHappenedWords({
  clinician,
  at,
}: Told): (entry: Happened) => { head: string; more: string } {
  const t = useTranslations("visit.happened");
  const roles = useTranslations("visit.roles");
  const templates = useTranslations("settings.templates");
  const presets = useTranslations("visit.tell.presets");
  const takenBack = useTranslations("visit.links.revoked");
  const reasonOf = useReasonWords();
  const roleOf = useRoleWords();
  const eventOf = useEventWords("visit");

  const head = ({ event, party, whom, facts, role, success }: Happened): string => {
    const who = {
      party: party ?? "patient",
      name:
        party && isGuest(party)
          ? whom
            ? t("guest", { name: whom, role: roles(guestRole(party)) })
            : roles(guestRole(party))
          : clinician,
    };
    switch (event) {
      case "VISIT_SCHEDULED":
        return facts.scheduledAt
          ? t("booked", { at: at(facts.scheduledAt) })
          : eventOf({ event, metadata: {} });
      case "VISIT_RESCHEDULED":
        if (facts.scheduledAt && facts.wasAt && facts.scheduledAt !== facts.wasAt)
          return t("moved", { was: at(facts.wasAt), at: at(facts.scheduledAt) });
        if (facts.clinician) return t("otherClinician", { clinician: facts.clinician });
        if (facts.durationMinutes !== facts.wasMinutes && facts.durationMinutes)
          return t("length", { minutes: facts.durationMinutes });
        return t("changed");
      case "VISIT_ENDED":
        return t("ended", { minutes: Math.round((facts.seconds ?? 0) / 60) });
      case "PARTY_WAITING":
        return t("waits", who);
      case "PARTY_ADMITTED":
        return role === party?.toUpperCase() ? t("cameIn", who) : t("letIn", who);
      case "PARTY_REMOVED":
        return t("takenOut", who);
      case "PARTY_LEFT":
        return t("left", who);
      case "PARTY_REJOINED":
        return t("cameBack", who);
      case "TOKEN_OPENED":
        return t("opened", who);
      case "TOKEN_ISSUED":
        return t("linkMade", who);
      case "TOKEN_EXPIRED":
        return t("linkOver", who);
      case "TOKEN_REVOKED":
        return t("linkTakenBack", who);
      case "GUEST_INVITED":
        return t("invited", who);
      case "GUEST_UNINVITED":
        return t("uninvited", who);
      case "RUNNING_LATE":
        return t("late", { minutes: facts.minutes ?? 0 });
      case "CLINICIAN_REMINDED":
        return t("reminded", { name: clinician });
      case "TIME_ASKED":
        return facts.kind === "cancel" ? t("cannotCome") : t("otherTime");
      case "NOTIFICATION_QUEUED":
      case "NOTIFICATION_SENT":
      case "NOTIFICATION_FAILED":
      case "NOTIFICATION_DROPPED":
      case "NOTIFICATION_DELIVERED":
      case "NOTIFICATION_BOUNCED":
      case "NOTIFICATION_UNDELIVERABLE":
        return t(`messages.${event}`, { kind: facts.kind ?? "sms", ...who });
      default:
        return eventOf({ event, metadata: success ? {} : { success } });
    }
  };

  const more = ({ event, role, who, party, facts, error }: Happened): string => {
    const ofItself =
      role === "SYSTEM" || role === "ANONYMOUS" || role === "CUSTOMER" || role === party?.toUpperCase();
    const known = revokeReasons.find((reason) => reason === facts.reason);
    const preset = waitingPresets.find((one) => one === facts.preset);
    return [
      event.startsWith("NOTIFICATION") && facts.template
        ? isTemplate(facts.template)
          ? templates(facts.template)
          : facts.template
        : "",
      facts.to ?? "",
      event === "TOKEN_REVOKED" && known ? takenBack(known) : "",
      event === "WAITING_TOLD" && preset ? presets(preset) : "",
      event === "VISIT_RESCHEDULED" && facts.clinician && facts.scheduledAt !== facts.wasAt
        ? t("otherClinician", { clinician: facts.clinician })
        : "",
      facts.why ? t("why", { why: facts.why }) : "",
      event === "VISIT_ENDED" ? t(facts.notes ? "notesKept" : "noNotes") : "",
      reasonOf(error) ?? (/BOUNCED|UNDELIVERABLE/.test(event) ? (facts.reason ?? "") : ""),
      ofItself ? "" : t("by", { who: who ?? roleOf(role) }),
    ]
      .filter(Boolean)
      .join(" · ");
  };

  return (entry) => ({ head: head(entry), more: more(entry) });
}

const guestRole = (party: "caregiver" | "interpreter" | "student") =>
  party.toUpperCase() as "CAREGIVER" | "INTERPRETER" | "STUDENT";
