import { useTranslations } from "next-intl";
import type { AuditEvent } from "@/lib/audit/events";
import { revokeReasons } from "@/lib/visits/revoke-reasons";
import lists from "@/messages/en/lists.json";
import visit from "@/messages/en/visit.json";
import type { Messages } from "@/messages/messages";

type OfVisit = keyof Messages["visit"]["events"];
type OfAudit = keyof Messages["audit"]["events"];
/** Whatever is recorded has words in one of the two: a new event without them does not compile. */
const ofVisit = visit.visit.events satisfies Record<Exclude<AuditEvent, OfAudit>, string>;
const ofAudit = lists.audit.events satisfies Record<Exclude<AuditEvent, OfVisit>, string>;
const { roles } = visit.visit;

type Role = keyof Messages["visit"]["roles"];
const isOfVisit = (event: string): event is OfVisit => Object.hasOwn(ofVisit, event);
const isOfAudit = (event: string): event is OfAudit => Object.hasOwn(ofAudit, event);
const isRole = (role: string): role is Role => Object.hasOwn(roles, role);

type Recorded = { event: string; metadata: Record<string, unknown> };

/** What happened, in words. On the audit's own page a sentence may not speak of "this page". For server components. */
export function useEventWords(page: "visit" | "audit"): (entry: Recorded) => string {
  const [visit, audit] = [useTranslations("visit.events"), useTranslations("audit.events")];
  return (entry) => {
    const { event } = entry;
    if (isOfVisit(event) && !(page === "audit" && isOfAudit(event))) return visit(headOf(entry, event));
    return isOfAudit(event) ? audit(event) : event;
  };
}

/** Who acted, by their role. For server components. */
export function useRoleWords(): (role: string) => string {
  const t = useTranslations("visit.roles");
  return (role) => (isRole(role) ? t(role) : role);
}

/** A link is taken back for more than one reason; the one that staff would stumble over has words of its own. */
function headOf({ metadata }: Recorded, event: OfVisit): OfVisit {
  if (event !== "TOKEN_REVOKED") return event;
  if (metadata.reason === "uninvited") return "TOKEN_UNINVITED";
  if (revokeReasons.some((reason) => reason === metadata.reason)) return "TOKEN_TAKEN_BACK";
  return /^(cancelled|no-show|visit ended)$/.test(String(metadata.reason)) ? "TOKEN_CLOSED" : event;
}
