/// <reference types="next" />
// Next writes next-env.d.ts anew at each build and each `dev`, differently; this one holds still, so types check on a fresh clone.

/** A style or script as text: see scripts/build/inline.mjs. */
declare module "*?inline" {
  const text: string;
  export default text;
}
