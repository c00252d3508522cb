import type { Catalog } from "./wording";

const join = "Tap to join: {link}\nExpires {until}. Reply HELP for support.";

/** English. A text keeps to the plain alphabet (GSM 03.38), so that 160 characters are one part. */
export const en: Catalog = {
  dates: "en-US",
  direction: "ltr",
  visit: {
    patient: "your video visit with {clinician}",
    clinician: "your video visit",
    guest: "the video visit with {clinician} that you are asked to join",
  },
  at: (time) => `at ${time}`,
  onDayAt: (day, time) => `on ${day} at ${time}`,
  minutes: (count) => `${count} min`,
  within: (lasting) => `in ${lasting}`,
  hours: (count) => `${count} h`,
  days: (count) => `${count} days`,
  messages: {
    // Seed 4's "HIPAA Safe" message, word for word.
    initial: {
      sms: `{Visit} starts {when}.\n${join}`,
      subject: "{Visit}",
      opening: "{Visit} starts {when}.",
    },
    reminder: {
      sms: "Reminder: {visit} starts {when}.\nTap to join: {link}\nReply HELP for help, STOP for no texts.",
      subject: "Reminder: {visit}",
      opening: "{Visit} starts {when}.",
    },
    resend: {
      sms: `{Visit} starts {when}.\n${join}`,
      subject: "New link: {visit}",
      opening: "{Visit} starts {when}.",
    },
    rescheduled: {
      sms: `{Visit} was moved. It now starts {when}.\n${join}`,
      subject: "New time: {visit}",
      opening: "{Visit} was moved. It now starts {when}.",
    },
    cancelled: {
      sms: "{Visit} {when} was cancelled.\nTo book another time, call {phone}.",
      subject: "Cancelled: {visit}",
      opening: "{Visit} {when} was cancelled.",
    },
    late: {
      sms: "{Visit} is running about {minutes} late. It should start {when}.",
      subject: "Running late: {visit}",
      opening: "{Visit} is running about {minutes} late. It should start {when}.",
    },
    "on-time": {
      sms: "{Visit} is back on time. It starts {when}.",
      subject: "Back on time: {visit}",
      opening: "{Visit} is back on time. It starts {when}.",
    },
    "patient-waits": {
      sms: "{Visit}: your patient is there and waits for you.\nTap to join: {link}",
      subject: "Your patient waits",
      opening: "Your patient is there and waits for you. {Visit} was planned {when}.",
    },
    "time-kept": {
      sms: "{Visit} {when} stays as it is. We answered what you asked: sign in to your page to read it, or call {phone}.",
      subject: "We answered what you asked: {visit}",
      opening:
        "We answered what you asked. {Visit} {when} stays as it is. Sign in to your page to read our answer, or call {phone}.",
    },
    check: {
      sms: "Try your camera and sound before {visit} {when}:\n{check}\nIt takes a minute.",
      subject: "Try your camera: {visit}",
      opening: "Try your camera and sound before {visit} {when}. It takes a minute.",
    },
    series: {
      sms: "{Visit} starts {when}. It is the first of {count}.\nTap to join: {link}\nWe send a new link before each visit. Reply HELP for support.",
      subject: "{Visit}: the first of {count}",
      opening: "{Visit} starts {when}. It is the first of {count}.",
    },
    "series-moved": {
      sms: "{Visit} was moved. It now starts {when}. The visits after it were moved too, {count} in all.\nTap to join: {link}\nReply HELP for support.",
      subject: "New times: {visit}",
      opening: "{Visit} was moved. It now starts {when}. The visits after it were moved too, {count} in all.",
    },
    "series-cancelled": {
      sms: "{Visit} {when} was cancelled, and the visits after it too: {count} in all.\nTo book another time, call {phone}.",
      subject: "Cancelled: {visit} and those after it",
      opening: "{Visit} {when} was cancelled, and the visits after it too: {count} in all.",
    },
  },
  join: "Tap to join: {link}",
  tryFirst: "Try your camera and sound first: {check}",
  replies: {
    stopped: "{clinic}: you will get no more texts from us. Reply START to get them again.",
    resumed: "{clinic}: you will get our texts again. Reply STOP to end them.",
    help: "{clinic}: texts about your video visits. Call {phone} for help. Reply STOP to end texts.",
    unread: "This number is not read. For help, call {phone}. In an emergency, call 911.",
  },
  own: {
    "own-page":
      "{clinic}: see your video visits on a page of your own: {link}\nThe link is for you alone. It works once, for 7 days.",
    "own-code": "{clinic}: your code is {code}. It works for 10 min. We never ask you to tell it to us.",
    room: "{clinic}: you are asked to a private sound call. Tap to join: {link}\nThe link is for you alone.",
    callback: "{clinic}: we will call you back. See when, change it or cancel it: {link}",
    "callback-missed":
      "{clinic}: we called you two times and did not reach you. Ask for a new call or call us: {link}",
    "callback-expired":
      "{clinic}: we are sorry, we could not call you in time. Ask for a new call or call us: {link}",
  },
  notices: {
    "account-exists": {
      subject: "You already have an account",
      opening: "Somebody tried to make an account with this email address. You already have one.",
      more: "Was it you? Sign in, or choose a new password if you forgot yours. If it was not you, there is nothing to do.",
      button: "Sign in",
    },
    "password-changed": {
      subject: "Your password was changed",
      opening: "The password of your account was changed.",
      more: "Was it you? Then there is nothing to do. If not, choose a new password now and call {phone}.",
      button: "Choose a new password",
    },
    "recovery-codes-made": {
      subject: "New recovery codes were made",
      opening: "New recovery codes were made for your account.",
      more: "Was it you? Keep them in a safe place; the old ones do not work any more. If it was not you, change your password now and call {phone}.",
      button: "Go to your account",
    },
    "recovery-code-used": {
      subject: "A recovery code was used",
      opening: "Somebody signed in to your account with a recovery code.",
      more: "Was it you? Then there is nothing to do. If not, change your password now and call {phone}.",
      button: "Go to your account",
    },
    "own-page": {
      subject: "Your video visits on a page of your own",
      opening: "You can see your video visits on a page of your own.",
      more: "Press the button, then sign in or make an account. The link is for you alone, works once, and runs out in 7 days. If you don’t want this, there is nothing to do.",
      button: "Go to your page",
    },
    room: {
      subject: "You are asked to a private sound call",
      opening: "You are asked to a private sound call.",
      more: "Press the button when you are ready. There is nothing to install. The link is for you alone: don’t pass it on.",
      button: "Go to the call",
    },
    "staff-invited": {
      subject: "You are invited to work here",
      opening: "You are invited to sign in and work with us.",
      more: "Press the button and choose a password. The link is for you alone, works once, and runs out in 3 days. If you did not expect this, there is nothing to do.",
      button: "Choose a password",
    },
  },
  mail: {
    when: "When",
    howLong: "How long",
    button: "Join your visit",
    check: "Try your camera and sound",
    early: "You can come early and wait inside. You will see your camera and microphone first.",
    expires: "The link is for you alone and runs out {until}.",
    questions: "Questions? Call {phone}.",
    rebook: "To book another time, call {phone}.",
    all: "All your visits",
    allOff: "These visits are off",
    eachLink:
      "We send you a new link before each visit. Open the file all-visits.ics to add them all to your calendar.",
  },
};
