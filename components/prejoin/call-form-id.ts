/** Where the patient asks for a phone call, on the join page. */
export const callFormId = "call-me";
