/** Every word that a person with a link reads. Grade 6, "you", what happened and then what to do. No PHI. */
export const words = {
  product: "Vouchsafe",
  needHelp: "Need help now?",
  callNumber: (number: string) => `Call ${number}`,
  emergency: "If this is an emergency, call 911.",
} as const;

export const doorWords = {
  title: "Join your visit",
  heading: { patient: (name: string) => `Your video visit with ${name}`, clinician: "Your video visit" },
  today: (time: string) => `Today, ${time}`,
  tomorrow: (time: string) => `Tomorrow, ${time}`,
  otherDay: (day: string, time: string) => `${day}, ${time}`,
  zoneAndLength: (zone: string, minutes: number) => `${zone} · about ${minutes} minutes`,
  yourVisit: "Your visit",
  unspent: "This link was made for you. Looking around here does not use it up.",
  resumable: "You were in this visit on this device. You can go back in.",
  whatHappens: {
    patient: (name: string) =>
      `First, check your camera and sound. Then join. You wait until ${name} lets you in.`,
    clinician: "Check your camera and sound, then join. The patient waits until you let them in.",
  },
  noScript:
    "Your browser has JavaScript turned off. The visit needs it for picture and sound. Turn it on, or open this link in Chrome or Safari.",
} as const;

export const closedWords = {
  expired: {
    title: "This link has run out",
    say: "Links work for a limited time, to keep your visit private.",
  },
  used: {
    title: "This link was already used",
    say: "It was opened on another phone, computer or browser. If that was you, go back there.",
  },
  revoked: {
    title: "There is a newer link",
    say: "This link was replaced. Look for the newest message from your clinic.",
  },
  cancelled: {
    title: "This visit was cancelled",
    say: "Nobody will be in this visit. Call your clinic to find another time.",
  },
  ended: {
    title: "This visit has ended",
    say: "You don’t need this link any more. For anything else, call your clinic.",
  },
  unknown: {
    title: "We don’t know this link",
    say: "Part of it may be missing. Open the link in your message again, exactly as it was sent.",
  },
  limited: {
    title: "Please wait a moment",
    say: "There were too many tries from your network.",
    wait: (minutes: number) => `Try again in ${minutes} min, or call your clinic.`,
  },
  stillOpen: (name: string, time: string) => ({
    before: `Your visit with ${name} is `,
    strong: `still open until ${time}.`,
  }),
  sendNew: "Send me a new link",
  sending: "Sending…",
  whereItGoes: "It goes to the phone number and email that your clinic has on file. Nobody else can get it.",
  tryAgain: "Try again",
} as const;

export const sentWords = {
  title: "A new link is on its way",
  say: "We sent it to the phone number or email that your clinic has on file. It should be there within a minute.",
  newest: { before: "Use the ", strong: "newest", after: " message. The old link will not work again." },
  nothing: "Nothing after 2 minutes? Ask again, or call us.",
  limited: {
    title: "We have sent you enough links",
    say: (minutes: number) => `Look for the newest message. You can ask again in ${minutes} min.`,
  },
  failed: {
    title: "We could not send a new link",
    say: "Please call your clinic. They can help you right now.",
  },
} as const;

export const previewWords = {
  heading: "How you look and sound",
  why: "We ask for your camera and microphone so that you can check them here first. Nobody else sees or hears you yet.",
  check: "Check camera and microphone",
  asking: "Your browser is asking. Choose “Allow”.",
  pictureHere: "Your picture will show here",
  onlyYou: "Only you can see this now.",
  cameraOff: "Turn camera off",
  cameraOn: "Turn camera on",
  cameraIsOff: "Your camera is off",
  microphone: {
    silent: { head: "We can’t hear you yet", say: "Say a few words. The bar should move." },
    good: { head: "We can hear you", say: "Say a few words. The bar should move." },
    loud: { head: "That is quite loud", say: "Move back a little." },
    clipped: { head: "That is too loud", say: "Move back from the microphone." },
    unasked: { head: "Your microphone", say: "The bar moves when you speak." },
    problem: { head: "No microphone", say: "You can join and listen. Nobody will hear you." },
  },
  level: "Microphone level",
  camera: "Camera",
  mic: "Microphone",
  speaker: "Speaker",
  sound: {
    ask: { head: "Can you hear us?", say: "Play two soft notes to find out." },
    playing: { head: "Playing…", say: "Two soft notes." },
    played: { head: "Did you hear the chime?", say: "If not, turn up the volume on your device." },
    good: { head: "Your sound works", say: "You will hear the visit like this." },
    play: "Play the chime",
    again: "Play again",
    yes: "Yes",
  },
  join: "Join visit",
  rejoin: "Go back to the visit",
  joining: "Joining…",
  soundOnly: "Join with sound only",
  listenOnly: "Join and listen",
  tryAgain: "Try again",
  notLoaded: "The visit could not load. Check your internet, then try again.",
  unnamed: (kind: string, number: number) => `${kind} ${number}`,
  systemSpeaker: "This device’s speaker",
} as const;

export const inAppWords = {
  title: "You are inside another app",
  ios: "Picture and sound work best in Safari. Tap the share button or the three dots, then Open in Safari.",
  android: "Picture and sound work best in Chrome. Tap the three dots, then Open in Chrome.",
} as const;
