import { VendorError } from "../../http/vendor-error";
import { account, type Input, invalid, type KmsContext, type Operation } from "../input";
import { findKey } from "../keys";

const arnOfAlias = (kms: KmsContext, name: string) => `arn:aws:kms:${kms.region}:${account}:${name}`;

function nameOf(input: Input): string {
  const name = input.AliasName;
  if (typeof name !== "string") throw invalid("AliasName is missing");
  if (!/^alias\/[\w/-]{1,250}$/.test(name) || name.startsWith("alias/aws/"))
    throw new VendorError("InvalidAliasNameException", "AliasName must be alias/ and a name");
  return name;
}

function find(kms: KmsContext, input: Input) {
  const name = nameOf(input);
  const alias = kms.store.aliases.find((candidate) => candidate.name === name);
  if (!alias) throw new VendorError("NotFoundException", `Alias ${arnOfAlias(kms, name)} is not found.`);
  return alias;
}

/** Names that keys go by, and that may move from one key to another. */
export const aliasOperations: Record<string, Operation> = {
  CreateAlias(kms, input) {
    const name = nameOf(input);
    const { keyId } = findKey(kms, input.TargetKeyId);
    if (kms.store.aliases.some((alias) => alias.name === name))
      throw new VendorError(
        "AlreadyExistsException",
        `An alias with the name ${arnOfAlias(kms, name)} already exists`,
      );
    kms.store.aliases.push({ name, keyId, createdAt: kms.now() });
    kms.changed();
    return {};
  },
  UpdateAlias(kms, input) {
    const alias = find(kms, input);
    alias.keyId = findKey(kms, input.TargetKeyId).keyId;
    kms.changed();
    return {};
  },
  DeleteAlias(kms, input) {
    const gone = find(kms, input);
    kms.store.aliases = kms.store.aliases.filter((alias) => alias !== gone);
    kms.changed();
    return {};
  },
  ListAliases(kms, input) {
    const only = input.KeyId === undefined ? null : findKey(kms, input.KeyId).keyId;
    const shown = kms.store.aliases.filter(({ keyId }) => only === null || keyId === only);
    return {
      Aliases: shown.map(({ name, keyId, createdAt }) => ({
        AliasName: name,
        AliasArn: arnOfAlias(kms, name),
        TargetKeyId: keyId,
        CreationDate: createdAt / 1000,
      })),
      Truncated: false,
    };
  },
};
