import type { Cloud } from "../cloud";
import { type Fault, type Service, services } from "../faults";
import { html, type Markup } from "./html";
import { countOn, switches } from "./switches";

const names: Record<Service, string> = {
  kms: "KMS",
  ses: "SES (mail)",
  sms: "End User Messaging (texts)",
  cognito: "Cognito (sign-in)",
  connect: "Connect (contacts)",
  chime: "Chime (meetings)",
  lambda: "Lambda (functions)",
  voice: "Chime SDK Voice (calls to telephones)",
  s3: "S3 (recordings)",
  pipelines: "Chime SDK media pipelines (recording)",
};

const inWords = (fault: Fault) =>
  [
    fault.throttle && "throttled",
    fault.slowMs && `${fault.slowMs} ms slower`,
    fault.failRate && `${Math.round(fault.failRate * 100)} % fail`,
    fault.drop && "dropped",
    fault.bounce && "bounced",
  ]
    .filter(Boolean)
    .join(", ");

const clearAll = html`<form method="post" action="/console/clear-faults"><button class="btn btn--quiet" id="clear">Turn all off</button></form>`;

export function faultsPage({ faults }: Cloud): Markup {
  const all = faults.list();
  return html`<div id="faults" data-live>
<div class="row faults__head"><p class="soft grow">${all.length === 0 ? "Every service answers as it should." : `On: ${all.map((fault) => `${names[fault.service]}${fault.operation ? ` ${fault.operation}` : ""}: ${inWords(fault)}`).join("; ")}.`}</p>${countOn(faults) > 0 && clearAll}</div>
<div class="faults">${services.map(
    (service) =>
      html`<section class="card" aria-labelledby="faults-${service}"><h2 id="faults-${service}">${names[service]}</h2>${switches(faults, [service], "/console/faults")}</section>`,
  )}</div>
<details class="card"><summary>By HTTP, for tests: other values, single operations</summary>
<pre tabindex="0">curl -X PUT /_laptop/faults -d '{"service":"connect","operation":"StartWebRTCContact","slowMs":1500,"failRate":0.5}'
curl /_laptop/faults
curl -X DELETE /_laptop/faults?service=connect</pre></details></div>`;
}
