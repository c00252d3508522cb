/** Says what is wrong with a value, each with where it stands; nothing when it is right. `at` begins with the parameter's name. */
export type Rule = (value: unknown, at: string) => string[];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const pathStep = String.raw`[A-Za-z_][\w-]*`;
const jsonPath = new RegExp(String.raw`^\$(\.${pathStep})+$`);
/** The data that a flow may ask for. */
const namespaces = new Set([
  "Attributes",
  "External",
  "StoredCustomerInput",
  "CustomerEndpoint",
  "ContactId",
  "Queue",
  "Channel",
]);

/** What came with a telephone call. */
const sipHeader = /^\$\.Media\.Sip\.Headers\.[A-Za-z][\w-]*$/;

const refersWell = (path: string) =>
  (jsonPath.test(path) && namespaces.has(path.split(".")[1] ?? "")) || sipHeader.test(path)
    ? []
    : [`${path} refers to no flow data`];

/** `${Name}`: what the deployer fills in. */
export const placeholder = /\$\{(\w+)\}/g;
const isPlaceholder = (value: string) => /^\$\{\w+\}$/.test(value);

/** One reference into the flow's data and nothing else. */
export const reference: Rule = (value, at) =>
  typeof value === "string" && value.startsWith("$.")
    ? refersWell(value).map((wrong) => `${at}: ${wrong}`)
    : [`${at} must be one reference`];

/** Words, in which references may stand. */
export const text: Rule = (value, at) => {
  if (typeof value !== "string") return [`${at} must be text`];
  const references = value.match(/\$\.[\w.-]*\w/g) ?? [];
  return references.flatMap(refersWell).map((wrong) => `${at}: ${wrong}`);
};

/** An id or ARN of something in the instance: filled in at deployment, or one reference. */
export const resource: Rule = (value, at) =>
  typeof value === "string" && isPlaceholder(value) ? [] : reference(value, at);

export const fixed =
  (wanted: string): Rule =>
  (value, at) =>
    value === wanted ? [] : [`${at} must be ${wanted}`];

export const oneOf =
  (...wanted: string[]): Rule =>
  (value, at) =>
    wanted.includes(value as string) ? [] : [`${at} must be one of ${wanted.join(", ")}`];

/** Numbers travel as text. */
export const integer =
  (least: number, most: number): Rule =>
  (value, at) =>
    typeof value === "string" && /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most
      ? []
      : [`${at} must be a whole number from ${least} to ${most}, as text`];

type Optional = { optional: Rule };
export const optional = (rule: Rule): Optional => ({ optional: rule });

/** These members, all but the optional ones, and no others. */
export const object =
  (members: Record<string, Rule | Optional>): Rule =>
  (value, at) => {
    if (!isObject(value)) return [`${at} must be an object`];
    const unknown = Object.keys(value).filter((name) => !Object.hasOwn(members, name));
    return [
      ...unknown.map((name) => `${at}.${name} is not known`),
      ...Object.entries(members).flatMap(([name, rule]) => {
        const isOptional = typeof rule !== "function";
        if (!Object.hasOwn(value, name)) return isOptional ? [] : [`${at}.${name} is missing`];
        return (isOptional ? rule.optional : rule)(value[name], `${at}.${name}`);
      }),
    ];
  };

/** So many of these members. */
export const exactly =
  (count: number, members: Record<string, Rule>): Rule =>
  (value, at) => {
    if (!isObject(value) || Object.keys(value).length !== count)
      return [`${at} must have ${count} of ${Object.keys(members).join(", ")}`];
    return object(Object.fromEntries(Object.entries(members).map(([name, rule]) => [name, optional(rule)])))(
      value,
      at,
    );
  };

export const list =
  (rule: Rule): Rule =>
  (value, at) =>
    Array.isArray(value) && value.length > 0
      ? value.flatMap((item, index) => rule(item, `${at}[${index}]`))
      : [`${at} must be a list that is not empty`];

/** Names of letters, digits, `-` and `_`, as Connect's attributes have. */
export const mapOf =
  (rule: Rule): Rule =>
  (value, at) =>
    isObject(value)
      ? Object.entries(value).flatMap(([name, item]) =>
          /^[\w-]+$/.test(name) ? rule(item, `${at}.${name}`) : [`${at}.${name} is no attribute's name`],
        )
      : [`${at} must be a map`];
