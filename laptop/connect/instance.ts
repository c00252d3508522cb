import agentWhisper from "../../infra/flows/agent-whisper.json";
import inQueue from "../../infra/flows/in-queue.json";
import onHold from "../../infra/flows/on-hold.json";
import support from "../../infra/flows/support.json";
import video from "../../infra/flows/video.json";
import visitQueue from "../../infra/flows/visit-queue.json";
import { type Flow, fillIn } from "./flow/flow";
import type { Profiles } from "./routing";

type Queue = { id: string; arn: string; name: string };
/** What stands in a Connect instance beside contacts and agents. */
export type Instance = {
  id: string;
  arn: string;
  queues: Queue[];
  profiles: Profiles;
  hoursArn: string;
  musicArn: string;
  /** By id or ARN. */
  queue(id: string): Queue | undefined;
  flow(id: string): Flow | undefined;
  /** Which a contact may begin with, by bare id. */
  inbound: ReadonlyMap<string, Flow>;
};

const queueNames = ["Standard", "Premium", "Personal bankers", "Visits"] as const;
const idOf = (kind: string, number: number) =>
  `00000000-0000-4000-8000-${kind}${String(number).padStart(8, "0")}`;

/**
 * Our instance: four queues, hours, three routing profiles, and the flows of `infra/flows` with this instance's ARNs.
 * @param flowIds the ids of the video flow and of the support flow; any further one is the support flow too.
 */
export function openInstance(options: {
  instanceId: string;
  region: string;
  flowIds: readonly string[];
}): Instance {
  const { instanceId, region, flowIds } = options;
  const arn = `arn:aws:connect:${region}:000000000000:instance/${instanceId}`;
  const queues = queueNames.map((name, index) => {
    const id = idOf("9e0e", index + 1);
    return { id, name, arn: `${arn}/queue/${id}` };
  });
  const arnOf = (wanted: (typeof queueNames)[number]) => queues.find(({ name }) => name === wanted)!.arn;
  const eventFlows = { inQueue, visitQueue, onHold, agentWhisper };
  const flowArn = (name: keyof typeof eventFlows) =>
    `${arn}/contact-flow/${idOf("f10e", Object.keys(eventFlows).indexOf(name) + 1)}`;
  const lambdaArn = (name: string) => `arn:aws:lambda:${region}:000000000000:function:${name}`;
  const hoursArn = `${arn}/operating-hours/${idOf("0e0e", 1)}`;
  const musicArn = `${arn}/prompt/${idOf("a0e0", 1)}`;
  const names = {
    ExtractAuthContextFunctionArn: lambdaArn("extract-auth-context"),
    VerifyAccountFunctionArn: lambdaArn("verify-account"),
    SupportHoursArn: hoursArn,
    StandardQueueArn: arnOf("Standard"),
    PremiumQueueArn: arnOf("Premium"),
    PersonalBankersQueueArn: arnOf("Personal bankers"),
    VisitsQueueArn: arnOf("Visits"),
    InQueueFlowArn: flowArn("inQueue"),
    VisitQueueFlowArn: flowArn("visitQueue"),
    OnHoldFlowArn: flowArn("onHold"),
    AgentWhisperFlowArn: flowArn("agentWhisper"),
    HoldMusicPromptArn: musicArn,
  };
  const byArn = new Map(
    Object.entries(eventFlows).map(([name, flow]) => [
      flowArn(name as keyof typeof eventFlows),
      fillIn(flow, names),
    ]),
  );
  const supportQueues = {
    [arnOf("Personal bankers")]: 1,
    [arnOf("Premium")]: 2,
    [arnOf("Standard")]: 3,
  };
  return {
    id: instanceId,
    arn,
    queues,
    profiles: {
      Support: supportQueues,
      Visits: { [arnOf("Visits")]: 1 },
      Everything: { [arnOf("Visits")]: 1, ...supportQueues },
    },
    hoursArn,
    musicArn,
    queue: (id) => queues.find((queue) => queue.arn === id || queue.id === id),
    flow: (id) => byArn.get(id),
    inbound: new Map(flowIds.map((id, index) => [id, fillIn(index === 0 ? video : support, names)])),
  };
}
