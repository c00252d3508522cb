import { later } from "@/lib/call/later";
import { unlessOffline } from "@/lib/call/unless-offline";
import type { DeskPhone } from "@/lib/desk/phone/phone";
import { loadStreams } from "@/lib/desk/phone/streams/streams";
import { streamsPhone } from "@/lib/desk/phone/streams/streams-phone";
import type { NotedAct } from "@/lib/ports/agent-door";

type Words = Parameters<typeof streamsPhone>[1] & { frameTitle: string };

/** The vendor's panel in this page, and our server told of it. */
export function panelPhone(ccpUrl: string, frame: () => HTMLElement | null, words: Words): DeskPhone {
  return streamsPhone(
    {
      load: loadStreams,
      frame,
      ccpUrl,
      frameTitle: words.frameTitle,
      note,
      now: () => Date.now(),
      after: later,
    },
    words,
  );
}

/** The panel's deed stands, whether or not we hear of it. */
async function note({ contactId, ...act }: NotedAct): Promise<void> {
  await unlessOffline(
    fetch(`/api/desk/contacts/${encodeURIComponent(contactId)}/acts`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(act),
      keepalive: true,
    }),
  );
}
