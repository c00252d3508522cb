import { createServer } from "node:net";
import { errorCode, Halt } from "./halt";

const loopbacks = ["127.0.0.1", "::1"];

/** A TCP port that was free a moment ago on loopback. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** Whether all these addresses are free; by default both loopback ones: a stranger on `::1` alone would still answer for `localhost`. */
export async function isPortFree(port: number, hosts: readonly string[] = loopbacks): Promise<boolean> {
  for (const host of hosts) if (!(await canListen(port, host))) return false;
  return true;
}

/** The wanted port, or a free one for 0. Halts with the setting that moves it when somebody else has it. */
export async function claimPort(
  wanted: number,
  setting: string,
  what: string,
  hosts: readonly string[] = loopbacks,
): Promise<number> {
  if (wanted === 0) return findFreePort();
  const example = `${setting}=${wanted + 100 > 65535 ? wanted - 100 : wanted + 100} npm start`;
  if (!(await isPortFree(wanted, hosts)))
    throw new Halt(`Port ${wanted} (${what}) is taken. Stop what uses it, or move this one: ${example}`);
  if (await isBlocked(wanted))
    throw new Halt(
      `Port ${wanted} (${what}) is one that browsers refuse to open. Choose another: ${example}`,
    );
  return wanted;
}

/** One of the Fetch standard's "bad ports" (6000 of X11, say): Node's own fetch keeps the same list as browsers. Nobody listens there yet. */
async function isBlocked(port: number): Promise<boolean> {
  const refusal = await fetch(`http://127.0.0.1:${port}/`, {
    method: "HEAD",
    signal: AbortSignal.timeout(2_000),
  }).catch((error: unknown) => error);
  return (
    refusal instanceof TypeError && refusal.cause instanceof Error && refusal.cause.message === "bad port"
  );
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) => {
      const code = errorCode(error);
      if (code === "EADDRINUSE") resolve(false);
      else if (code === "EACCES")
        reject(new Halt(`Port ${port} needs more rights than this user has. Choose one above 1023.`));
      // A machine without IPv6 has nothing on ::1 to be confused with.
      else if (code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT") resolve(true);
      else reject(error);
    });
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}
