import "reflect-metadata"; // the X.509 package needs it first
import { X509Certificate } from "node:crypto";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import * as x509 from "@peculiar/x509";
import { z } from "zod";
import { readJson, writePrivateJson } from "../private-file";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Below the 398 days that phones allow a server. */
const validMs = 390 * dayMs;
const renewBeforeMs = 30 * dayMs;

/** PEM each: the server's key and chain, and the authority that a phone may be told to trust. */
const keptSchema = z.object({
  address: z.string(),
  key: z.string(),
  chain: z.string(),
  authority: z.string(),
});
type LanCertificate = z.infer<typeof keptSchema>;

/**
 * The certificate for this address, kept in `<folder>/lan/certificate.json` (0600) and made anew when the address changed or its end is near.
 * The authority's key signs once and is forgotten: whoever steals the folder cannot make a certificate that the phone would believe.
 *
 * @returns the file that holds it.
 */
export async function ensureLanCertificate(
  folder: string,
  address: string,
  now = Date.now(),
): Promise<string> {
  const file = path.join(folder, "lan", "certificate.json");
  const kept = keptSchema.safeParse(await readJson(file).catch(() => null)); // unreadable: made anew
  if (kept.success && kept.data.address === address && endOf(kept.data.chain) - now > renewBeforeMs)
    return file;
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writePrivateJson(file, await makeCertificate(address, now));
  return file;
}

const endOf = (pem: string) => Date.parse(new X509Certificate(pem).validTo);

async function makeCertificate(address: string, now: number): Promise<LanCertificate> {
  x509.cryptoProvider.set(crypto);
  const [authorityKeys, serverKeys] = await Promise.all([makeKeys(), makeKeys()]);
  const dates = { notBefore: new Date(now - hourMs), notAfter: new Date(now + validMs) };
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=Vouchsafe laptop at ${address}`,
    keys: authorityKeys,
    signingAlgorithm: algorithm,
    ...dates,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  const server = await x509.X509CertificateGenerator.create({
    subject: `CN=${address}`,
    issuer: authority.subject,
    publicKey: serverKeys.publicKey,
    signingKey: authorityKeys.privateKey,
    signingAlgorithm: algorithm,
    ...dates,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([{ type: "ip", value: address }]),
      await x509.AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  const key = x509.PemConverter.encode(
    await crypto.subtle.exportKey("pkcs8", serverKeys.privateKey),
    "PRIVATE KEY",
  );
  const [leaf, root] = [server.toString("pem"), authority.toString("pem")];
  return { address, key, chain: `${leaf}\n${root}\n`, authority: root };
}

const makeKeys = () => crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
