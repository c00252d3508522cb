import { windowNote } from "../ui/window-note";

/** The call that this window has. */
export const callHere = windowNote("support-call");
