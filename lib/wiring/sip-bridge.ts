import { chimeMeetings } from "@/lib/adapters/aws/chime-meetings";
import type { Meetings } from "@/lib/ports/meetings";
import { readCloud, type Source } from "./lambda-settings";

/** Wires the SIP bridge's function together: of our clouds it only ends meetings. Throws when a setting is missing. */
export function openSipBridge(source: Source): Pick<Meetings, "end"> {
  const env = readCloud(source);
  return chimeMeetings({ env: { ...env, MEDIA_REGION: env.AWS_REGION } });
}
