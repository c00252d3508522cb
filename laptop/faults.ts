import { setTimeout as delay } from "node:timers/promises";
import { VendorError } from "./http/vendor-error";

export const services = [
  "kms",
  "ses",
  "sms",
  "cognito",
  "connect",
  "chime",
  "lambda",
  "voice",
  "s3",
  "pipelines",
] as const;
export type Service = (typeof services)[number];

/** What goes wrong on purpose. `operation` absent: for all of the service. */
export type Fault = {
  service: Service;
  operation?: string;
  /** Refuse with the vendor's own throttling error. */
  throttle?: boolean;
  /** Milliseconds that each answer takes more. */
  slowMs?: number;
  /** The share of calls, 0 to 1, that end in the vendor's 500. */
  failRate?: number;
  /** Accept, and deliver nothing: messages are lost, media is dropped. */
  drop?: boolean;
  /** Accept, and say afterwards that there is no such address or number. */
  bounce?: boolean;
};

/** Each vendor's word for "too many", and for "our fault". */
const words: Record<Service, { throttled: [string, number]; failed: [string, number] }> = {
  kms: { throttled: ["ThrottlingException", 400], failed: ["KMSInternalException", 500] },
  ses: { throttled: ["TooManyRequestsException", 429], failed: ["InternalServiceErrorException", 500] },
  sms: { throttled: ["ThrottlingException", 400], failed: ["InternalServerException", 500] },
  cognito: { throttled: ["TooManyRequestsException", 400], failed: ["InternalErrorException", 500] },
  connect: { throttled: ["ThrottlingException", 429], failed: ["InternalServiceException", 500] },
  chime: { throttled: ["ThrottledClientException", 429], failed: ["ServiceFailureException", 500] },
  lambda: { throttled: ["TooManyRequestsException", 429], failed: ["ServiceException", 500] },
  voice: { throttled: ["ThrottledClientException", 429], failed: ["ServiceFailureException", 500] },
  s3: { throttled: ["SlowDown", 503], failed: ["InternalError", 500] },
  pipelines: { throttled: ["ThrottledClientException", 429], failed: ["ServiceFailureException", 500] },
};

export type Faults = {
  list(): Fault[];
  /** Replaces the fault of the same service and operation; one without any effect removes it. */
  set(fault: Fault): void;
  /** All, or those of one service. */
  clear(service?: Service): void;
  /** Waits, throws or lets pass, as the switches say. Called before each operation. */
  apply(service: Service, operation: string): Promise<void>;
  /** Whether what this service accepts is to be lost. */
  drops(service: Service): boolean;
  /** Whether what this service accepts is to come back. */
  bounces(service: Service): boolean;
};

/** Services that carry something which can be lost on the way. */
export const droppable: readonly Service[] = ["ses", "sms", "cognito", "chime"];
/** Services that tell afterwards what became of a message. */
export const bouncing: readonly Service[] = ["ses", "sms"];

/** Reads a fault from outside. @returns null, and what is wrong with it is in `faultShape`. */
export function readFault(input: Record<string, unknown>): Fault | null {
  const {
    service: named,
    operation,
    throttle = false,
    slowMs = 0,
    failRate = 0,
    drop = false,
    bounce = false,
  } = input;
  const service = services.find((name) => name === named);
  if (!service) return null;
  if (operation !== undefined && (typeof operation !== "string" || !/^[A-Za-z]{1,64}$/.test(operation)))
    return null;
  if (typeof slowMs !== "number" || !(slowMs >= 0 && slowMs <= slowMaxMs)) return null;
  if (typeof failRate !== "number" || !(failRate >= 0 && failRate <= 1)) return null;
  if (typeof throttle !== "boolean" || typeof drop !== "boolean" || typeof bounce !== "boolean") return null;
  if (drop && (operation !== undefined || !droppable.includes(service))) return null;
  if (bounce && (operation !== undefined || !bouncing.includes(service))) return null;
  return { service, ...(operation ? { operation } : {}), throttle, slowMs, failRate, drop, bounce };
}

const slowMaxMs = 60_000;
export const faultShape = `A fault is {"service": one of ${services.join(", ")}, "operation"?: the vendor's name, "throttle"?: boolean, "slowMs"?: 0 to ${slowMaxMs}, "failRate"?: 0 to 1, "drop"?: boolean (${droppable.join(", ")}; without an operation), "bounce"?: boolean (${bouncing.join(", ")}; the same)}`;

const key = (service: Service, operation?: string) => `${service}/${operation ?? "*"}`;

export function openFaults(options: {
  load: unknown;
  save: (faults: Fault[]) => void;
  random?: () => number;
}): Faults {
  const { random = Math.random } = options;
  const faults = new Map(
    ((options.load as Fault[] | undefined) ?? []).map((fault) => [
      key(fault.service, fault.operation),
      fault,
    ]),
  );
  const changed = () => options.save([...faults.values()]);
  const of = (service: Service, operation: string) =>
    [faults.get(key(service, operation)), faults.get(key(service))].filter((fault) => fault !== undefined);

  return {
    list: () => [...faults.values()],
    set(fault) {
      const inert = !fault.throttle && !fault.slowMs && !fault.failRate && !fault.drop && !fault.bounce;
      if (inert) faults.delete(key(fault.service, fault.operation));
      else faults.set(key(fault.service, fault.operation), fault);
      changed();
    },
    clear(service) {
      for (const [name, fault] of faults)
        if (service === undefined || fault.service === service) faults.delete(name);
      changed();
    },
    async apply(service, operation) {
      for (const fault of of(service, operation)) {
        if (fault.slowMs) await delay(fault.slowMs);
        if (fault.throttle)
          throw new VendorError(words[service].throttled[0], "Rate exceeded", words[service].throttled[1]);
        if (fault.failRate && random() < fault.failRate)
          throw new VendorError(
            words[service].failed[0],
            "An internal error occurred",
            words[service].failed[1],
          );
      }
    },
    drops: (service) => [...faults.values()].some((fault) => fault.service === service && fault.drop),
    bounces: (service) => [...faults.values()].some((fault) => fault.service === service && fault.bounce),
  };
}
