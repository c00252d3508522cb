import { tiers } from "@/lib/kernel/tiers";
import { isUsState } from "@/lib/kernel/us-states";
import { type PatientFilter, patientKinds } from "@/lib/patients/list-patients";
import { type Search, textOf } from "../../asked-days";

/** What the address asks for, as typed; "" for anything. No name stands in an address. */
export type Typed = { state: string; tier: string; kind: string };

/** The filter that the address means; what is none filters nothing. */
export function readAsked(search: Search): { typed: Typed; filter: Omit<PatientFilter, "q"> } {
  const state = textOf(search.state);
  const tier = tiers.find((one) => one === textOf(search.tier));
  const kind = patientKinds.find((one) => one === textOf(search.kind));
  const filter = {
    ...(isUsState(state) ? { state } : {}),
    ...(tier ? { tier } : {}),
    ...(kind ? { kind } : {}),
  };
  return { typed: { state: "", tier: "", kind: "", ...filter }, filter };
}
