import { createECDH, createPrivateKey, randomBytes, sign, X509Certificate } from "node:crypto";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { type Certificate, makeCertificate } from "./handshake";
import { ownsCertificate } from "./owns-certificate";

let ours: Certificate;
let theirs: Certificate;
beforeAll(async () => {
  [ours, theirs] = await Promise.all([makeCertificate(), makeCertificate()]);
});

const der = ({ certPem }: Certificate) => new X509Certificate(certPem).raw;
const [clientRandom, serverRandom] = [randomBytes(32), randomBytes(32)];

function keyExchangeBy({ keyPem }: Certificate): Buffer {
  const point = createECDH("prime256v1").generateKeys();
  const params = Buffer.concat([Buffer.from([3, 0, 23, point.length]), point]);
  const signature = sign(
    "sha256",
    Buffer.concat([clientRandom, serverRandom, params]),
    createPrivateKey(keyPem),
  );
  return Buffer.concat([params, Buffer.from([4, 3, 0, signature.length]), signature]);
}

test("only the holder of the certificate's key passes, and only in this handshake", () => {
  const keyExchange = keyExchangeBy(theirs);
  expect(ownsCertificate(der(theirs), { clientRandom, serverRandom, keyExchange })).toBe(true);
  expect(ownsCertificate(der(ours), { clientRandom, serverRandom, keyExchange })).toBe(false);
  expect(ownsCertificate(der(theirs), { clientRandom: randomBytes(32), serverRandom, keyExchange })).toBe(
    false,
  );
  for (let at = 0; at < keyExchange.length; at += 3) {
    const bent = Buffer.from(keyExchange);
    bent[at] = bent[at]! ^ 1;
    // The signature algorithm's own byte says nothing that the certificate's key does not.
    if (at !== 4 + keyExchange[3]! + 1)
      expect(
        ownsCertificate(der(theirs), { clientRandom, serverRandom, keyExchange: bent }),
        `byte ${at}`,
      ).toBe(false);
  }
});

test("no bytes whatever make it throw or pass", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, likely) => {
      const keyExchange = Buffer.from(likely ? [3, 0, 23, 65, ...bytes] : bytes);
      return !ownsCertificate(der(theirs), { clientRandom, serverRandom, keyExchange });
    }),
    { numRuns: 10_000 },
  );
});
