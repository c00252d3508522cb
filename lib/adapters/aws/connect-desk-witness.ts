import { ConnectClient, GetCurrentUserDataCommand, SearchUsersCommand } from "@aws-sdk/client-connect";
import type { Env } from "@/lib/env";
import { err, ok } from "@/lib/kernel/result";
import type { DeskPhase, DeskWitness } from "@/lib/ports/agent-door";
import { clientOptions, withinDeadline } from "./client-options";
import { cloudRefusal } from "./cloud-errors";
import { bareId } from "./connect-ids";

/** Connect's words for how far a contact is with its agent; the others (missed, rejected, failed) are none. */
const phases: Record<string, DeskPhase> = {
  INCOMING: "ringing",
  PENDING: "ringing",
  CONNECTING: "ringing",
  CONNECTED: "connected",
  CONNECTED_ONHOLD: "connected",
  ENDED: "wrap-up",
};

/**
 * Amazon Connect says what is at a desk: GetCurrentUserData of the user whose name is our colleague's id. Needs `connect:SearchUsers` and
 * `connect:GetCurrentUserData`.
 */
export function connectDeskWitness({ env }: { env: Env }): DeskWitness {
  const connect = new ConnectClient(clientOptions(env));
  const InstanceId = bareId(env.CONNECT_INSTANCE_ID);
  /** By our colleague's id. A user that was made anew gets another one: whoever has nothing at their desk is looked up again. */
  const known = new Map<string, string>();

  async function userOf(username: string): Promise<string | null> {
    const { Users = [] } = await connect.send(
      new SearchUsersCommand({
        InstanceId,
        MaxResults: 1,
        SearchCriteria: {
          StringCondition: { FieldName: "Username", Value: username, ComparisonType: "EXACT" },
        },
      }),
      withinDeadline(),
    );
    const id = Users[0]?.Id ?? null;
    if (id) known.set(username, id);
    return id;
  }

  return async ({ staffId }, contactId) => {
    try {
      const userId = known.get(staffId) ?? (await userOf(staffId));
      if (!userId) return ok(null);
      const { UserDataList = [] } = await connect.send(
        new GetCurrentUserDataCommand({ InstanceId, Filters: { Agents: [userId] } }),
        withinDeadline(),
      );
      // Asked for one, and believed of no other.
      const desk = UserDataList.find(({ User }) => User?.Id === userId);
      const contact = desk?.Contacts?.find(({ ContactId }) => ContactId === contactId);
      if (!contact) known.delete(staffId);
      return ok(phases[contact?.AgentContactState ?? ""] ?? null);
    } catch (thrown) {
      const { error } = cloudRefusal(thrown);
      return err({ code: "PHONE_AWAY", retryAfterMs: error.retryAfterMs });
    }
  };
}
