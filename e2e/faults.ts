/** What the laptop cloud is told to get wrong (laptop/README.md, "Faults"). */
export type Fault = {
  service: "chime" | "kms" | "sms" | "ses" | "connect" | "cognito";
  slowMs?: number;
  throttle?: boolean;
  failRate?: number;
  bounce?: boolean;
};

export async function setFault(laptopUrl: string, fault: Fault): Promise<void> {
  const response = await fetch(`${laptopUrl}/_laptop/faults`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(fault),
  });
  if (!response.ok) throw new Error(`faults: ${response.status} ${await response.text()}`);
}

/** Every signaling socket of every call breaks, as when a phone changes its network. */
export async function breakSockets(laptopUrl: string): Promise<void> {
  const response = await fetch(`${laptopUrl}/_laptop/chime/break-sockets`, { method: "POST", body: "{}" });
  if (!response.ok) throw new Error(`break-sockets: ${response.status} ${await response.text()}`);
}
