import { type Capabilities, isWaiting, receives, sends } from "../control/capabilities";

/** Who somebody in a room is, as far as rights go. A content share is a second connection of the same attendee. */
export type Party = { readonly baseId: string; readonly content: boolean; capabilities(): Capabilities };

/** Every rule about who reaches whom, asked by the media plane for each stream: no client is trusted to obey. */
export const maySpeak = (party: Party) => sends(party.capabilities()[party.content ? "Content" : "Audio"]);
export const mayShow = (party: Party) => sends(party.capabilities()[party.content ? "Content" : "Video"]);

export const mayHear = (listener: Party, speaker: Party) =>
  !listener.content &&
  listener.baseId !== speaker.baseId &&
  receives(listener.capabilities().Audio) &&
  maySpeak(speaker);

export const maySee = (viewer: Party, source: Party) =>
  !viewer.content &&
  viewer.baseId !== source.baseId &&
  receives(viewer.capabilities()[source.content ? "Content" : "Video"]) &&
  mayShow(source);

/**
 * Our choice, not the vendor's word: the API has no capability for data messages. Somebody who is allowed nothing else neither
 * reads nor writes them here, so that a waiting room is one.
 */
export const mayMessage = (party: Party) => !party.content && !isWaiting(party.capabilities());
