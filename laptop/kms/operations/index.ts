import type { Operation } from "../input";
import { aliasOperations } from "./aliases";
import { envelopeOperations } from "./envelopes";
import { keyOperations } from "./keys";
import { signingOperations } from "./signing";

/** What we speak of KMS. @see https://docs.aws.amazon.com/kms/latest/APIReference/ */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries({ ...keyOperations, ...aliasOperations, ...signingOperations, ...envelopeOperations }),
);
