/** What a flow may ask for with `$.…`. */
export type FlowData = {
  contactId: string;
  attributes: Record<string, string>;
  /** Of the INVITE that it came by, by name in small letters. */
  sipHeaders: Record<string, string>;
  /** The last Lambda's answer. */
  external: Record<string, string>;
  storedInput: string;
  queueName: string;
};

const own = (map: Record<string, string>, name: string) => (Object.hasOwn(map, name) ? map[name] : undefined);

/** @returns undefined for what is not there. */
function lookUp(path: string, data: FlowData): string | undefined {
  const [, space, name = "", ...rest] = path.split(".");
  switch (space) {
    case "Attributes":
      return own(data.attributes, name);
    case "External":
      return own(data.external, name);
    case "Media":
      return name === "Sip" && rest[0] === "Headers"
        ? own(data.sipHeaders, (rest[1] ?? "").toLowerCase())
        : undefined;
    case "StoredCustomerInput":
      return data.storedInput;
    case "ContactId":
      return data.contactId;
    case "Channel":
      return "VOICE";
    case "Queue":
      return name === "Name" ? data.queueName : undefined;
    default:
      return undefined;
  }
}

const reference = /\$\.(?:Media\.Sip\.Headers\.[A-Za-z][\w-]*|[A-Za-z]\w*(?:\.[A-Za-z_][\w-]*)?)/g;

/** The words with every reference in them replaced; what is not there is left out. */
export const wordsOf = (text: unknown, data: FlowData): string =>
  String(text ?? "").replace(reference, (path) => lookUp(path, data) ?? "");

/** A single reference, or what stands there; undefined when there is nothing. */
export function resolve(value: unknown, data: FlowData): string | undefined {
  if (typeof value !== "string") return undefined;
  return (value.startsWith("$.") ? lookUp(value, data) : value) || undefined;
}

/** Bytes of a Lambda's answer. */
const mapMaxBytes = 32_768;

/** A Lambda's answer under `STRING_MAP`: flat, of strings, below 32 kB. Null for any other. */
export function stringMap(payload: unknown): Record<string, string> | null {
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) return null;
  if (!Object.values(payload).every((value) => typeof value === "string")) return null;
  return Buffer.byteLength(JSON.stringify(payload)) < mapMaxBytes
    ? (payload as Record<string, string>)
    : null;
}
