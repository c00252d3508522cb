/** Which question or choice lies over the call. */
export type Asking = "leave" | "end" | "devices" | "more" | "keys" | "call-me";
