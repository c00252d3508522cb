import * as auditExport from "@/app/api/audit/export/route";
import * as audit from "@/app/api/audit/route";
import * as brandLogo from "@/app/api/brand/logo/route";
import * as checkShortCode from "@/app/api/check/[shortCode]/route";
import * as clinicians from "@/app/api/clinicians/route";
import * as connectionEnd from "@/app/api/connection/end/route";
import * as connection from "@/app/api/connection/route";
import * as customers from "@/app/api/customers/route";
import * as deskActs from "@/app/api/desk/acts/route";
import * as deskCallbacksCallbackIdEnd from "@/app/api/desk/callbacks/[callbackId]/end/route";
import * as deskCallbacksCallbackIdQuestions from "@/app/api/desk/callbacks/[callbackId]/questions/route";
import * as deskCallbacksCallbackIdTake from "@/app/api/desk/callbacks/[callbackId]/take/route";
import * as deskCallbacksEvents from "@/app/api/desk/callbacks/events/route";
import * as deskCallbacksState from "@/app/api/desk/callbacks/state/route";
import * as deskContactsContactIdActs from "@/app/api/desk/contacts/[contactId]/acts/route";
import * as deskContactsContactIdNotes from "@/app/api/desk/contacts/[contactId]/notes/route";
import * as deskContactsContactIdQuestions from "@/app/api/desk/contacts/[contactId]/questions/route";
import * as deskContactsContactId from "@/app/api/desk/contacts/[contactId]/route";
import * as deskEvents from "@/app/api/desk/events/route";
import * as doorShortCodeArrival from "@/app/api/door/[shortCode]/arrival/route";
import * as doorShortCodeCallMe from "@/app/api/door/[shortCode]/call-me/route";
import * as eventsMessages from "@/app/api/events/messages/route";
import * as health from "@/app/api/health/route";
import * as hostSitesSiteIdHandovers from "@/app/api/host-sites/[siteId]/handovers/route";
import * as hostSitesSiteIdSessions from "@/app/api/host-sites/[siteId]/sessions/route";
import * as links from "@/app/api/links/route";
import * as meData from "@/app/api/me/data/route";
import * as meVisitsVisitIdCalendar from "@/app/api/me/visits/[visitId]/calendar/route";
import * as meVisits from "@/app/api/me/visits/route";
import * as messages from "@/app/api/messages/route";
import * as patientsPatientId from "@/app/api/patients/[patientId]/route";
import * as patientsExport from "@/app/api/patients/export/route";
import * as patients from "@/app/api/patients/route";
import * as probe from "@/app/api/probe/route";
import * as ready from "@/app/api/ready/route";
import * as roomsRoomIdAdmit from "@/app/api/rooms/[roomId]/admit/route";
import * as roomsRoomIdClose from "@/app/api/rooms/[roomId]/close/route";
import * as roomsRoomIdEvents from "@/app/api/rooms/[roomId]/events/route";
import * as roomsRoomIdExtend from "@/app/api/rooms/[roomId]/extend/route";
import * as roomsRoomIdJoin from "@/app/api/rooms/[roomId]/join/route";
import * as roomsRoomIdLeave from "@/app/api/rooms/[roomId]/leave/route";
import * as roomsRoomIdLinks from "@/app/api/rooms/[roomId]/links/route";
import * as roomsRoomIdLock from "@/app/api/rooms/[roomId]/lock/route";
import * as roomsRoomIdRecording from "@/app/api/rooms/[roomId]/recording/route";
import * as roomsRoomIdRecordingsRecordingIdSound from "@/app/api/rooms/[roomId]/recordings/[recordingId]/sound/route";
import * as roomsRoomIdRemove from "@/app/api/rooms/[roomId]/remove/route";
import * as roomsRoomId from "@/app/api/rooms/[roomId]/route";
import * as roomsRoomIdSend from "@/app/api/rooms/[roomId]/send/route";
import * as roomsRoomIdState from "@/app/api/rooms/[roomId]/state/route";
import * as roomsEvents from "@/app/api/rooms/events/route";
import * as rooms from "@/app/api/rooms/route";
import * as startCall from "@/app/api/start-call/route";
import * as supportCallbacksCancel from "@/app/api/support-callbacks/cancel/route";
import * as supportCallbacksEvents from "@/app/api/support-callbacks/events/route";
import * as supportCallbacksPutOff from "@/app/api/support-callbacks/put-off/route";
import * as supportCallbacks from "@/app/api/support-callbacks/route";
import * as supportCallbacksState from "@/app/api/support-callbacks/state/route";
import * as supportCallsCallIdEnd from "@/app/api/support-calls/[callId]/end/route";
import * as supportCallsCallIdEvents from "@/app/api/support-calls/[callId]/events/route";
import * as supportCallsCallIdHere from "@/app/api/support-calls/[callId]/here/route";
import * as supportCallsCallIdKeys from "@/app/api/support-calls/[callId]/keys/route";
import * as supportCallsCallIdRating from "@/app/api/support-calls/[callId]/rating/route";
import * as supportCallsCallId from "@/app/api/support-calls/[callId]/route";
import * as supportCallsCallIdState from "@/app/api/support-calls/[callId]/state/route";
import * as supportCalls from "@/app/api/support-calls/route";
import * as tokenRedeem from "@/app/api/token/redeem/route";
import * as tokenResolveShortCode from "@/app/api/token/resolve/[shortCode]/route";
import * as visitsVisitIdAdmit from "@/app/api/visits/[visitId]/admit/route";
import * as visitsVisitIdCallMe from "@/app/api/visits/[visitId]/call-me/route";
import * as visitsVisitIdCancel from "@/app/api/visits/[visitId]/cancel/route";
import * as visitsVisitIdCaptions from "@/app/api/visits/[visitId]/captions/route";
import * as visitsVisitIdChat from "@/app/api/visits/[visitId]/chat/route";
import * as visitsVisitIdComplaint from "@/app/api/visits/[visitId]/complaint/route";
import * as visitsVisitIdEnd from "@/app/api/visits/[visitId]/end/route";
import * as visitsVisitIdEvents from "@/app/api/visits/[visitId]/events/route";
import * as visitsVisitIdGuestsGuestIdUninvite from "@/app/api/visits/[visitId]/guests/[guestId]/uninvite/route";
import * as visitsVisitIdGuests from "@/app/api/visits/[visitId]/guests/route";
import * as visitsVisitIdLate from "@/app/api/visits/[visitId]/late/route";
import * as visitsVisitIdLeave from "@/app/api/visits/[visitId]/leave/route";
import * as visitsVisitIdLinksTokenIdRevoke from "@/app/api/visits/[visitId]/links/[tokenId]/revoke/route";
import * as visitsVisitIdLinks from "@/app/api/visits/[visitId]/links/route";
import * as visitsVisitIdNoShow from "@/app/api/visits/[visitId]/no-show/route";
import * as visitsVisitIdNotes from "@/app/api/visits/[visitId]/notes/route";
import * as visitsVisitIdNotify from "@/app/api/visits/[visitId]/notify/route";
import * as visitsVisitIdRecording from "@/app/api/visits/[visitId]/recording/route";
import * as visitsVisitIdRecordingsRecordingIdSound from "@/app/api/visits/[visitId]/recordings/[recordingId]/sound/route";
import * as visitsVisitIdRemove from "@/app/api/visits/[visitId]/remove/route";
import * as visitsVisitIdResendLink from "@/app/api/visits/[visitId]/resend-link/route";
import * as visitsVisitId from "@/app/api/visits/[visitId]/route";
import * as visitsVisitIdSay from "@/app/api/visits/[visitId]/say/route";
import * as visitsVisitIdSeries from "@/app/api/visits/[visitId]/series/route";
import * as visitsVisitIdShare from "@/app/api/visits/[visitId]/share/route";
import * as visitsVisitIdShift from "@/app/api/visits/[visitId]/shift/route";
import * as visitsVisitIdSpeak from "@/app/api/visits/[visitId]/speak/route";
import * as visitsVisitIdStart from "@/app/api/visits/[visitId]/start/route";
import * as visitsVisitIdState from "@/app/api/visits/[visitId]/state/route";
import * as visitsVisitIdSurvey from "@/app/api/visits/[visitId]/survey/route";
import * as visitsVisitIdTrouble from "@/app/api/visits/[visitId]/trouble/route";
import * as visitsEvents from "@/app/api/visits/events/route";
import * as visitsExport from "@/app/api/visits/export/route";
import * as visitsLate from "@/app/api/visits/late/route";
import * as visitsPreview from "@/app/api/visits/preview/route";
import * as visits from "@/app/api/visits/route";
import * as visitsSeries from "@/app/api/visits/series/route";
import * as widgetJs from "@/app/api/widget.js/route";
import * as authChallenge from "@/app/auth/challenge/route";
import * as authChangePassword from "@/app/auth/change-password/route";
import * as authConfirmSignup from "@/app/auth/confirm-signup/route";
import * as authForgotPassword from "@/app/auth/forgot-password/route";
import * as authLogin from "@/app/auth/login/route";
import * as authLogout from "@/app/auth/logout/route";
import * as authMe from "@/app/auth/me/route";
import * as authRefresh from "@/app/auth/refresh/route";
import * as authResendCode from "@/app/auth/resend-code/route";
import * as authResetPassword from "@/app/auth/reset-password/route";
import * as authSignup from "@/app/auth/signup/route";
import type { Described } from "@/lib/http/described";
import { ownDoor } from "./own-door";

/** Every route of ours. A test holds this list against the files and against the table of who may knock where. */
const modules = [
  auditExport,
  audit,
  brandLogo,
  checkShortCode,
  clinicians,
  connectionEnd,
  connection,
  customers,
  deskActs,
  deskCallbacksCallbackIdEnd,
  deskCallbacksCallbackIdQuestions,
  deskCallbacksCallbackIdTake,
  deskCallbacksEvents,
  deskCallbacksState,
  deskContactsContactIdActs,
  deskContactsContactIdNotes,
  deskContactsContactIdQuestions,
  deskContactsContactId,
  deskEvents,
  doorShortCodeArrival,
  doorShortCodeCallMe,
  eventsMessages,
  health,
  hostSitesSiteIdHandovers,
  hostSitesSiteIdSessions,
  links,
  meData,
  meVisitsVisitIdCalendar,
  meVisits,
  messages,
  patientsPatientId,
  patientsExport,
  patients,
  probe,
  ready,
  rooms,
  roomsEvents,
  roomsRoomId,
  roomsRoomIdAdmit,
  roomsRoomIdClose,
  roomsRoomIdEvents,
  roomsRoomIdExtend,
  roomsRoomIdJoin,
  roomsRoomIdLeave,
  roomsRoomIdLinks,
  roomsRoomIdLock,
  roomsRoomIdRecording,
  roomsRoomIdRecordingsRecordingIdSound,
  roomsRoomIdRemove,
  roomsRoomIdSend,
  roomsRoomIdState,
  startCall,
  supportCallbacksCancel,
  supportCallbacksEvents,
  supportCallbacksPutOff,
  supportCallbacks,
  supportCallbacksState,
  supportCallsCallIdEnd,
  supportCallsCallIdEvents,
  supportCallsCallIdHere,
  supportCallsCallIdKeys,
  supportCallsCallIdRating,
  supportCallsCallId,
  supportCallsCallIdState,
  supportCalls,
  tokenRedeem,
  tokenResolveShortCode,
  visitsVisitIdAdmit,
  visitsVisitIdCallMe,
  visitsVisitIdCancel,
  visitsVisitIdRecording,
  visitsVisitIdRecordingsRecordingIdSound,
  visitsVisitIdCaptions,
  visitsVisitIdChat,
  visitsVisitIdComplaint,
  visitsVisitIdEnd,
  visitsVisitIdEvents,
  visitsVisitIdGuestsGuestIdUninvite,
  visitsVisitIdGuests,
  visitsVisitIdLate,
  visitsVisitIdLeave,
  visitsVisitIdLinksTokenIdRevoke,
  visitsVisitIdLinks,
  visitsVisitIdNoShow,
  visitsVisitIdNotes,
  visitsVisitIdNotify,
  visitsVisitIdRemove,
  visitsVisitIdResendLink,
  visitsVisitId,
  visitsVisitIdSay,
  visitsVisitIdSeries,
  visitsVisitIdShare,
  visitsVisitIdShift,
  visitsVisitIdSpeak,
  visitsVisitIdStart,
  visitsVisitIdState,
  visitsVisitIdSurvey,
  visitsVisitIdTrouble,
  visitsEvents,
  visitsExport,
  visitsLate,
  visitsPreview,
  visits,
  visitsSeries,
  widgetJs,
  authChallenge,
  authChangePassword,
  authConfirmSignup,
  authForgotPassword,
  authLogin,
  authLogout,
  authMe,
  authRefresh,
  authResendCode,
  authResetPassword,
  authSignup,
];

/** What each door says of itself, in the order of the files; the document's own comes last. */
export const everyDoor = (): Described[] => [
  ...modules.flatMap((routes) => Object.values(routes).map(({ describes }) => describes)),
  ownDoor,
];
