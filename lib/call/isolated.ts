/** A number reads from the left, also in a sentence that does not. */
export const isolated = (number: string): string => `\u2066${number}\u2069`;
