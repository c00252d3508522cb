/** What a contact flow's Lambda block sends: the part that we read. Everything in it may be missing or of another type. */
export type ContactEvent = {
  Details?: {
    ContactData?: {
      ContactId?: unknown;
      Attributes?: Record<string, unknown> | null;
      CustomerEndpoint?: { Address?: unknown } | null;
    } | null;
    Parameters?: Record<string, unknown> | null;
  } | null;
};

const textOf = (value: unknown) => (typeof value === "string" ? value : "");

/** Of the contact that the flow runs for; "" where there is none. The contact centre says so itself: no caller writes here. */
export const contactOf = (event: ContactEvent) => textOf(event?.Details?.ContactData?.ContactId);
/** The number that calls; "" where it comes by no telephone. It may be forged: it limits, and proves nothing. */
export const callerOf = (event: ContactEvent) =>
  textOf(event?.Details?.ContactData?.CustomerEndpoint?.Address);
/** A parameter that the flow's block hands over. */
export const parameterOf = (event: ContactEvent, name: string) => textOf(event?.Details?.Parameters?.[name]);
/** An attribute of the contact. */
export const attributeOf = (event: ContactEvent, name: string) =>
  textOf(event?.Details?.ContactData?.Attributes?.[name]);

/** The answer within this time, or the other one: a flow must not wait for a database. Milliseconds. */
export async function answerWithin<T>(ms: number, work: Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<T>((resolve) => {
    timer = setTimeout(resolve, ms, otherwise);
  });
  try {
    return await Promise.race([work, tooLong]);
  } catch (error) {
    // What went wrong, and nothing of whom: names of errors are no data.
    console.error(JSON.stringify({ level: "error", fault: error instanceof Error ? error.name : "unknown" }));
    return otherwise;
  } finally {
    clearTimeout(timer);
  }
}
