import { createHash, timingSafeEqual, X509Certificate } from "node:crypto";
import { CipherContext, DtlsClient, HashAlgorithm, NamedCurveAlgorithm, SignatureAlgorithm } from "werift";
import { ownsCertificate } from "./owns-certificate";
import type { Fingerprint } from "./sdp/read-offer";
import { masterKeyLength, masterSaltLength, type Profile, profiles } from "./srtp/derive-keys";
import { Srtp } from "./srtp/srtp";

export type Certificate = {
  certPem: string;
  keyPem: string;
  signatureHash: { hash: number; signature: number };
  fingerprint: Fingerprint;
};

/** Our own certificate, new in each process: clients pin it by the answer's fingerprint, so nobody needs to know it for longer. */
export async function makeCertificate(): Promise<Certificate> {
  const made = await CipherContext.createSelfSignedCertificateWithKey(
    { signature: SignatureAlgorithm.ecdsa_3, hash: HashAlgorithm.sha256_4 },
    NamedCurveAlgorithm.secp256r1_23,
  );
  const value = new X509Certificate(made.certPem).fingerprint256;
  return { ...made, fingerprint: { algorithm: "sha-256", value } };
}

/** Datagrams one handshake may take, re-sent ones included; a flood stops here. */
const datagramsMax = 64;

export type Handshake = { onPacket(packet: Buffer): void; close(): void };

/**
 * DTLS 1.2 as the client (the answer says `setup:active`), by werift; all of SRTP is ours.
 * The peer must own the certificate that the offer's fingerprint names, or there are no keys. After the handshake DTLS has no more to say:
 * its later records are ignored, because leaving is told on the signaling socket.
 */
export function startHandshake(options: {
  certificate: Certificate;
  expected: Fingerprint;
  send: (packet: Buffer) => void;
  onKeys: (srtp: Srtp) => void;
  onFailure: (reason: string) => void;
}): Handshake {
  let datagrams = 0;
  let over = false;
  let receive: (packet: Buffer) => void = () => {};
  const fail = (reason: unknown) => {
    if (over) return;
    over = true;
    options.onFailure(reason instanceof Error ? reason.message : String(reason));
  };

  const dtls = new DtlsClient({
    cert: options.certificate.certPem,
    key: options.certificate.keyPem,
    signatureHash: options.certificate.signatureHash as never,
    srtpProfiles: [profiles.gcm, profiles.counterMode],
    extendedMasterSecret: true,
    transport: {
      type: "laptop",
      address: { host: "", port: 0, family: "IPv4" } as never,
      closed: false,
      set onData(handler: (packet: Buffer) => void) {
        receive = handler;
      },
      send: async (packet: Buffer) => {
        if (!over) options.send(packet);
      },
      close: async () => {},
    } as never,
  });
  dtls.onError.subscribe(fail);
  dtls.onConnect.once(() => {
    if (over) return;
    try {
      const profile = dtls.srtp.srtpProfile as Profile | undefined;
      if (profile === undefined) return fail("the client speaks no SRTP profile of ours");
      if (!isExpected(dtls, options.expected)) return fail("the certificate is not the offer's");
      const srtp = new Srtp(profile, dtls.extractSessionKeys(masterKeyLength, masterSaltLength(profile)));
      over = true;
      options.onKeys(srtp);
    } catch (error) {
      fail(error);
    }
  });
  // Resolves when its first flight is done, rejects when nobody answers it in time.
  dtls.connect().catch(fail);

  return {
    onPacket(packet) {
      if (over || ++datagrams > datagramsMax) return;
      try {
        receive(packet);
      } catch {
        // Malformed: as if it had been lost on the way. The client sends its flight again.
      }
    },
    close() {
      over = true;
    },
  };
}

const digests: Record<string, string> = { "sha-256": "sha256", "sha-384": "sha384", "sha-512": "sha512" };
const serverKeyExchange = 12;

/** The certificate is the one that the offer named, and the peer has its key. */
function isExpected(dtls: DtlsClient, { algorithm, value }: Fingerprint): boolean {
  const certificate = dtls.remoteCertificate;
  const digest = digests[algorithm.toLowerCase()];
  const keyExchange = dtls.dtls.sortedHandshakeCache.find(({ msg_type }) => msg_type === serverKeyExchange);
  if (!certificate || !digest || !keyExchange) return false;
  const actual = createHash(digest).update(certificate).digest();
  const expected = Buffer.from(value.replaceAll(":", ""), "hex");
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return false;
  return ownsCertificate(certificate, {
    clientRandom: dtls.cipher.localRandom.serialize(),
    serverRandom: dtls.cipher.remoteRandom.serialize(),
    keyExchange: keyExchange.fragment,
  });
}
