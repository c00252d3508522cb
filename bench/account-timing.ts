import { randomUUID } from "node:crypto";
import type { Started } from "../e2e/started";
import { clientAddress } from "./addresses";
import { type Measured, median } from "./report";

const limitPercent = 10;
/** Tries at each of the demo's accounts: more at one would be refused, as by anybody. */
const triesEach = 4;
const password = "No-such-2026-password";

type Ask = { name: string; path: string; expect: number; body: (email: string) => object };

const forgot: Ask = {
  name: "a forgotten password",
  path: "/auth/forgot-password",
  expect: 200,
  body: (email) => ({ email }),
};
const login: Ask = {
  name: "a wrong password",
  path: "/auth/login",
  expect: 401,
  body: (email) => ({ email, password }),
};
const signUp: Ask = {
  name: "a sign-up",
  path: "/auth/signup",
  expect: 201,
  body: (email) => ({ email, password, first_name: "Timing", last_name: "Bench" }),
};

/**
 * Whether the time of an answer tells who has an account: medians of known and unknown addresses, asked in turn, each from an address of its
 * own. The figure is their difference in percent of the longer one.
 */
export async function accountTiming(started: Started): Promise<Measured[]> {
  const known = started.accounts.map(({ email }) => email);
  const nobody = () => `nobody-${randomUUID()}@example.com`;
  let caller = 0;

  async function msOf({ path, expect, body }: Ask, email: string): Promise<number> {
    const began = performance.now();
    const response = await fetch(started.appUrl + path, {
      method: "POST",
      headers: { "content-type": "application/json", ...clientAddress(caller++) },
      body: JSON.stringify(body(email)),
    });
    await response.arrayBuffer();
    if (response.status !== expect) throw new Error(`${path}: ${response.status} for ${email}`);
    return performance.now() - began;
  }

  function figure(name: string, yes: number[], no: number[]): Measured {
    const [ours, theirs] = [median(yes), median(no)];
    return {
      name: `who has an account, by the time of ${name}`,
      ours: (Math.abs(ours - theirs) / Math.max(ours, theirs)) * 100,
      limit: limitPercent,
      unit: "%",
      note: `medians of ${yes.length}: ${ours.toFixed(0)} ms with one, ${theirs.toFixed(0)} ms without`,
    };
  }

  const measured: Measured[] = [];
  for (const door of [login, forgot]) {
    const [yes, no]: [number[], number[]] = [[], []];
    for (let round = 0; round < triesEach; round++)
      for (const email of known) {
        yes.push(await msOf(door, email));
        no.push(await msOf(door, nobody()));
      }
    measured.push(figure(door.name, yes, no));
  }
  const [first, again]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < triesEach * known.length; turn++) {
    const email = nobody();
    first.push(await msOf(signUp, email));
    again.push(await msOf(signUp, email));
  }
  measured.push(figure(signUp.name, again, first));
  return measured;
}
