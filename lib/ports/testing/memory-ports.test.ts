import { describe } from "vitest";
import { contactCentreContract } from "../contract/contact-centre.contract";
import { meetingsContract } from "../contract/meetings.contract";
import { mailerContract, texterContract } from "../contract/messages.contract";
import { recorderContract } from "../contract/recorder.contract";
import { sipBridgeContract } from "../contract/sip-bridge.contract";
import { transcriberContract } from "../contract/transcriber.contract";
import { memoryContactCentre } from "./memory-contact-centre";
import { memoryMailer } from "./memory-mailer";
import { memoryMeetings } from "./memory-meetings";
import { memoryRecorder } from "./memory-recorder";
import { memorySipBridge } from "./memory-sip-bridge";
import { memoryTexter } from "./memory-texter";
import { memoryTranscriber } from "./memory-transcriber";

// The fakes that our use cases are tested on keep the same promises as the clouds.
describe("in memory", () => {
  meetingsContract(async () => memoryMeetings());
  transcriberContract(async () => {
    const meetings = memoryMeetings();
    return { meetings, transcriber: memoryTranscriber((id) => meetings.rooms.get(id)?.ended === false) };
  });
  recorderContract(async () => {
    const meetings = memoryMeetings();
    return { meetings, recorder: memoryRecorder((id) => meetings.rooms.get(id)?.ended === false) };
  });
  contactCentreContract(async () => memoryContactCentre());
  sipBridgeContract(async () => ({ bridge: memorySipBridge(), meetings: memoryMeetings() }));
  texterContract(async () => {
    const texter = memoryTexter();
    const inbox = async (to: string) =>
      texter.sent.filter((one) => one.to === to).map((one) => ({ to, text: one.body, attachments: [] }));
    return { texter, inbox };
  });
  mailerContract(async () => {
    const mailer = memoryMailer();
    const inbox = async (to: string) =>
      mailer.sent
        .filter((one) => one.to === to)
        .map((one) => ({
          to,
          subject: one.subject,
          text: one.text,
          attachments: [
            ...(one.calendar ? ["visit.ics"] : []),
            ...(one.moreCalendars ?? []).map(({ filename }) => filename),
          ],
        }));
    return { mailer, inbox };
  });
});
