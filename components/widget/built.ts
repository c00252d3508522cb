import { withWords } from "./served";
import script from "./vouchsafe-call.ts?inline";

/** Apart from its route: a test that reads the route must not run a page's script. */
export const widgetScript = withWords(script);
