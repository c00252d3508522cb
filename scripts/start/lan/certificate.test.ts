import { X509Certificate } from "node:crypto";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { createServer, request } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { ensureLanCertificate } from "./certificate";

const folders: string[] = [];
async function folder(): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), "lan-"));
  folders.push(made);
  return made;
}
afterEach(async () => {
  for (const made of folders.splice(0)) await rm(made, { recursive: true });
});
const read = async (file: string) => JSON.parse(await readFile(file, "utf8"));

test("a client that trusts the authority reaches the server by its address, and one that doesn't refuses", async () => {
  const { key, chain, authority } = await read(await ensureLanCertificate(await folder(), "127.0.0.1"));
  const server = createServer({ key, cert: chain }, (_, response) => response.end("hello"));
  await new Promise<void>((up) => server.listen(0, "127.0.0.1", up));
  const { port } = server.address() as AddressInfo;
  const knock = (ca?: string) =>
    new Promise<number | string>((done) => {
      request({ host: "127.0.0.1", port, ...(ca ? { ca } : {}) }, (answer) => done(answer.statusCode ?? 0))
        .on("error", (error: NodeJS.ErrnoException) => done(error.code ?? error.message))
        .end();
    });
  expect(await knock(authority)).toBe(200);
  expect(await knock()).toBe("SELF_SIGNED_CERT_IN_CHAIN");
  server.close();
});

test("the certificate survives a restart and is the owner's alone; another address or the last month makes a new one", async () => {
  const state = await folder();
  const file = await ensureLanCertificate(state, "192.168.1.20");
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const first = await read(file);
  await ensureLanCertificate(state, "192.168.1.20");
  expect(await read(file)).toEqual(first);

  const end = Date.parse(new X509Certificate(first.chain).validTo);
  await ensureLanCertificate(state, "192.168.1.20", end - 29 * 86_400_000);
  const renewed = await read(file);
  expect(renewed.key).not.toBe(first.key);
  await ensureLanCertificate(state, "192.168.1.21", end - 29 * 86_400_000);
  expect(new X509Certificate((await read(file)).chain).subjectAltName).toBe("IP Address:192.168.1.21");
});

test("phones accept it: a server certificate under 398 days, an authority that may sign nothing below it", async () => {
  const { chain, authority } = await read(await ensureLanCertificate(await folder(), "192.168.1.20"));
  const leaf = new X509Certificate(chain);
  const root = new X509Certificate(authority);
  expect((Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)) / 86_400_000).toBeLessThan(398);
  expect(leaf.ca).toBe(false);
  expect(root.ca).toBe(true);
  expect(leaf.verify(root.publicKey)).toBe(true);
});
