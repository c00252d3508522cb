import { VendorError } from "../http/vendor-error";
import type { Input } from "./input";
import { type KeyStore, newKey } from "./keys";
import { operations } from "./operations";

export type Kms = { handle(operation: string, input: Input): Record<string, unknown> };

/** Keys that are there from the first start, by seed 4's aliases. */
const bootAliases = [
  { name: "alias/video-jwt-signing-key", spec: "ECC_NIST_P256" },
  { name: "alias/video-recordings-cmk", spec: "SYMMETRIC_DEFAULT" },
] as const;

/** `save` must have the state on disk when it returns: a key that was answered must never be lost. */
export function startKms(options: {
  load: unknown;
  save: (state: KeyStore) => void;
  region: string;
  now: () => number;
}): Kms {
  const store = (options.load as KeyStore | undefined) ?? { keys: [], aliases: [] };
  const kms = { store, region: options.region, now: options.now, changed: () => options.save(store) };
  for (const { name, spec } of bootAliases) {
    if (store.aliases.some((alias) => alias.name === name)) continue;
    const key = newKey(spec, `made at the first start for ${name}`, options.now());
    store.keys.push(key);
    store.aliases.push({ name, keyId: key.keyId, createdAt: options.now() });
  }
  kms.changed();
  return {
    handle(name, input) {
      const operation = operations.get(name);
      if (!operation)
        throw new VendorError("UnknownOperationException", `The laptop cloud's KMS does not speak ${name}`);
      return operation(kms, input);
    },
  };
}
