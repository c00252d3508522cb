import type { UsState } from "./us-states";

/** The zone that most of a state's people live in: a first guess, for somebody to put right. */
const others: Partial<Record<UsState, string>> = {
  AS: "Pacific/Pago_Pago",
  AK: "America/Anchorage",
  AZ: "America/Phoenix",
  GU: "Pacific/Guam",
  HI: "Pacific/Honolulu",
  IN: "America/Indiana/Indianapolis",
  MI: "America/Detroit",
  MP: "Pacific/Saipan",
  PR: "America/Puerto_Rico",
  VI: "America/St_Thomas",
};
const central = "AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI";
const mountain = "CO ID MT NM UT WY";
const pacific = "CA NV OR WA";

export function zoneOfState(state: UsState): string {
  if (central.includes(state)) return "America/Chicago";
  if (mountain.includes(state)) return "America/Denver";
  if (pacific.includes(state)) return "America/Los_Angeles";
  return others[state] ?? "America/New_York";
}
