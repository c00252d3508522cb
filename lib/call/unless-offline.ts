/**
 * What was asked of the network, or null where nothing can be reached: `fetch`, and the reading of an answer's body, reject with a TypeError then
 * (Fetch standard). Nothing but the promise given is watched, so that a TypeError of our own beside it shows itself.
 */
export async function unlessOffline<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (cause) {
    if (cause instanceof TypeError) return null;
    throw cause;
  }
}
