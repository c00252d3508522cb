/** The channel on which every change of a room's live state is told; the payload is the room's id. */
export const roomChangedChannel = "room_changed";

/** The channel on which what an agent does with a call to the contact centre is told, and its end; the payload is the call's id. */
export const supportCallChangedChannel = "support_call_changed";

/** The channel on which every change of a visit's live state is told; the payload is the visit's id. */
export const visitChangedChannel = "visit_changed";

/** The channel on which every change of a callback is told; the payload is its customer's id. */
export const callbackChangedChannel = "callback_changed";
