import { expect } from "playwright/test";
import type { Started } from "./started";

/** The demo's customer signs in and calls, as a program of theirs would. */
export async function startCall({ appUrl, accounts }: Started, asked: { route?: "webrtc" | "sip" } = {}) {
  const { email, password } = accounts.find((one) => one.email.startsWith("customer@")) ?? {};
  const send = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${appUrl}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    expect(response.status, path).toBe(200);
    return response.json();
  };
  const { access_token } = await send("/auth/login", { email, password });
  const authorization = `Bearer ${access_token}`;
  const { chimeJoinInfo, callId } = await send("/api/start-call", asked, { authorization });
  return {
    chimeJoinInfo,
    hangUp: () => send(`/api/support-calls/${callId}/end`, {}, { authorization }),
  };
}
