import { bouncing, droppable, type Fault, type Faults, type Service } from "../faults";
import { html, type Markup } from "./html";

export type Effect = "throttle" | "slow" | "fail" | "drop" | "bounce";

/** What a switch on a page sets; other values go by HTTP. */
const slowMs = 2_000;
const failRate = 0.2;

const words: Record<Effect, { name: string; hint: string }> = {
  throttle: { name: "Throttle", hint: "Too many requests" },
  slow: { name: "Slow", hint: "Each answer takes 2 s more" },
  fail: { name: "Fail", hint: "1 in 5 is refused" },
  drop: { name: "Drop", hint: "Accepted, never delivered" },
  bounce: { name: "Bounce", hint: "Accepted, then comes back" },
};

const mediaDrop = { name: "Drop", hint: "Sound and picture are lost" };

const isOn: Record<Effect, (fault: Fault) => boolean> = {
  throttle: (fault) => fault.throttle === true,
  slow: (fault) => (fault.slowMs ?? 0) > 0,
  fail: (fault) => (fault.failRate ?? 0) > 0,
  drop: (fault) => fault.drop === true,
  bounce: (fault) => fault.bounce === true,
};
export const effects = Object.keys(words) as Effect[];

const wholeService = (faults: Faults, service: Service) =>
  faults.list().find((fault) => fault.service === service && fault.operation === undefined) ?? { service };

/** @returns whether the effect is on for any of these services: what is on somewhere must not look off. */
const effectIsOn = (faults: Faults, services: readonly Service[], effect: Effect) =>
  services.some((service) => isOn[effect](wholeService(faults, service)));

export function setEffect(faults: Faults, services: readonly Service[], effect: Effect, on: boolean): void {
  const change: Record<Effect, Partial<Fault>> = {
    throttle: { throttle: on },
    slow: { slowMs: on ? slowMs : 0 },
    fail: { failRate: on ? failRate : 0 },
    drop: { drop: on },
    bounce: { bounce: on },
  };
  for (const service of services) faults.set({ ...wholeService(faults, service), ...change[effect] });
}

/** How many effects are on, all services and operations together. */
export const countOn = (faults: Faults) =>
  faults.list().reduce((count, fault) => count + effects.filter((effect) => isOn[effect](fault)).length, 0);

/** A row of switches for services that go together. Each is a form, so that it works without script too. */
export function switches(faults: Faults, services: readonly Service[], back: string): Markup {
  const able: Partial<Record<Effect, readonly Service[]>> = { drop: droppable, bounce: bouncing };
  const offered = effects.filter((effect) =>
    services.every((service) => able[effect]?.includes(service) ?? true),
  );
  return html`<ul class="switches">${offered.map((effect) => {
    const on = effectIsOn(faults, services, effect);
    const id = `switch-${services.join("-")}-${effect}`;
    const { name, hint } = effect === "drop" && services.includes("chime") ? mediaDrop : words[effect];
    return html`<li><form method="post" action="/console/faults">
<input type="hidden" name="services" value="${services.join(",")}"><input type="hidden" name="effect" value="${effect}">
<input type="hidden" name="on" value="${on ? "0" : "1"}"><input type="hidden" name="back" value="${back}">
<button class="switch" id="${id}" role="switch" aria-checked="${on ? "true" : "false"}" aria-describedby="${id}-hint"><i></i><b>${name}</b></button>
<span class="switch__hint" id="${id}-hint">${hint}</span></form></li>`;
  })}</ul>`;
}
