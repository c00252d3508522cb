import { type Call, type CallRequest, openCall } from "./call";
import type { Timers } from "./client-transaction";
import { newToken } from "./context";
import { openEndpoint } from "./endpoint";
import { type Hop, openTransport, type Trunk } from "./transport";

/** Calls out to one trunk, and whatever the trunk asks within them. */
export type SipAgent = {
  /** @returns null when as many calls as there may be are under way. */
  call(request: CallRequest): Call | null;
  /** Where requests of the far side reach us. */
  local(): Hop;
  close(): void;
};

/** A SIP user agent for one trunk (RFC 3261). @throws when it cannot listen. */
export async function openSipAgent(options: {
  trunk: Trunk;
  /** The address of this machine that the trunk reaches. */
  host: string;
  timers?: Timers;
  log: (line: object) => void;
}): Promise<SipAgent> {
  const { trunk, host, ...rest } = options;
  const endpoint = await openEndpoint({
    ...rest,
    transportName: trunk.transport,
    open: (handlers) => openTransport(trunk, host, handlers),
  });
  return {
    call(request) {
      if (!endpoint.hasRoom()) return null;
      const call = openCall(endpoint.context, trunk, newToken(), request);
      endpoint.add(call);
      return call;
    },
    local: endpoint.context.transport.local,
    close: endpoint.close,
  };
}
