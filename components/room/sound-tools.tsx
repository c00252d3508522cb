/** What the room's page needs a moment later: in one piece, which comes after the page can be used. */
export { InAppNotice } from "../prejoin/in-app-notice";
export { SpeakerRow } from "../prejoin/speaker-row";
export { HearYourself } from "./hear-yourself";
