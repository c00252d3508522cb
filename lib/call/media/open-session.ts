import {
  ConsoleLogger,
  DefaultDeviceController,
  DefaultEventController,
  DefaultMeetingSession,
  LogLevel,
  MeetingSessionConfiguration,
  NoOpEventReporter,
} from "amazon-chime-sdk-js";
import type { Started } from "../call-facts";

/** A session of the SDK as we want each: silent on the console, and without a word to the vendor about its events. */
export function openSession(join: Started["chimeJoinInfo"]) {
  const logger = new ConsoleLogger("call", LogLevel.OFF);
  const configuration = new MeetingSessionConfiguration(join.meeting, join.attendee);
  configuration.reconnectTimeoutMs = 120_000;
  // Back within 2 seconds of a cut socket: the SDK's own first pause is up to a second.
  configuration.reconnectFixedWaitMs = 0;
  configuration.reconnectShortBackOffMs = 150;
  const devices = new DefaultDeviceController(logger, { enableWebAudio: false });
  // Without this the SDK would report every event to an address of the vendor's.
  const events = new DefaultEventController(configuration, logger, new NoOpEventReporter());
  return {
    logger,
    configuration,
    events,
    session: new DefaultMeetingSession(configuration, logger, devices, events),
  };
}
