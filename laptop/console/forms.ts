import type { Cloud } from "../cloud";
import { services } from "../faults";
import { readText, receiveText } from "../messages/receive-text";
import type { ApiRequest, ApiResponse } from "../wire";
import { tabs } from "./layout";
import { effects, setEffect } from "./switches";

const seeOther = (location: string): ApiResponse => ({
  status: 303,
  headers: { location, "cache-control": "no-store" },
});
const refused: ApiResponse = {
  status: 400,
  headers: { "content-type": "text/plain; charset=utf-8" },
  body: "This form is none of the console's.\n",
};

function setFaults(cloud: Cloud, form: URLSearchParams): ApiResponse {
  const named = (form.get("services") ?? "").split(",");
  const chosen = services.filter((service) => named.includes(service));
  const effect = effects.find((name) => name === form.get("effect"));
  if (chosen.length === 0 || !effect) return refused;
  setEffect(cloud.faults, chosen, effect, form.get("on") === "1");
  return seeOther(tabs.find(({ path }) => path === form.get("back"))?.path ?? "/console/faults");
}

/** What a person changes by the console's buttons. Foreign pages were refused before; forms carry no more than names. */
export function submit(cloud: Cloud, { path, body }: ApiRequest): ApiResponse | null {
  const form = new URLSearchParams(new TextDecoder().decode(body));
  const meetingId = form.get("meeting") ?? "";
  switch (path) {
    case "/console/faults":
      return setFaults(cloud, form);
    case "/console/clear-faults":
      cloud.faults.clear();
      return seeOther("/console/faults");
    case "/console/empty-inbox":
      cloud.inbox.clear();
      return seeOther("/");
    case "/console/reply": {
      const text = readText({ from: form.get("number"), body: form.get("body") });
      if (!text) return refused;
      receiveText(cloud, text);
      return seeOther(`/?${new URLSearchParams({ number: text.from })}`);
    }
    case "/console/end-meeting":
      cloud.chime.endMeeting(meetingId);
      return seeOther("/console/meetings");
    case "/console/break-sockets":
      cloud.chime.faults.killSockets({ meetingId });
      return seeOther("/console/meetings");
    case "/console/drop-media":
      cloud.chime.faults.set({ meetingId, blackhole: form.get("on") === "1" });
      return seeOther("/console/meetings");
    default:
      return null;
  }
}
