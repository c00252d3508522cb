/**
 * How our Node entry tells the middleware whose pages may hold the page that is asked for. What a client sends under this name the entry takes
 * away; on a host without our entry a client could only tell itself, for no page makes a visitor's browser send it.
 */
export const framesHeader = "x-vouchsafe-frames";

export const readFrames = (header: string | null): string[] =>
  header ? header.split(" ").filter(Boolean) : [];
