import {
  AllHighestVideoBandwidthPolicy,
  DefaultBrowserBehavior,
  type Logger,
  NScaleVideoUplinkBandwidthPolicy,
  type VideoDownlinkBandwidthPolicy,
  type VideoStreamIndex,
  type VideoUplinkBandwidthPolicy,
} from "amazon-chime-sdk-js";

/**
 * The SDK's own choices of what to receive and what to send, which tell how many cameras this attendee may see before the SDK acts on it. Whoever is let
 * in learns it here first: a camera that goes on within `told` goes out in the one negotiation in which the others' come in.
 *
 * `told` runs where the SDK asks how to encode: by then it has settled what to receive, and has not begun to negotiate. A camera that goes on there begins
 * the negotiation for both, and the SDK finds nothing left to negotiate; a moment earlier or later, there would be a second one of the same content.
 */
export function toldFirst(
  attendeeId: string,
  logger: Logger,
  told: (cameras: number) => void,
): { down: VideoDownlinkBandwidthPolicy; up: VideoUplinkBandwidthPolicy } {
  let seen = 0;
  let lastTold = 0;
  const down = new Receiving(attendeeId, (cameras) => {
    seen = cameras;
  });
  const up = new Sending(attendeeId, logger, () => {
    if (seen === lastTold) return;
    lastTold = seen;
    told(seen);
  });
  return { down, up };
}

class Receiving extends AllHighestVideoBandwidthPolicy {
  constructor(
    private readonly attendeeId: string,
    private readonly count: (cameras: number) => void,
  ) {
    super(attendeeId);
  }

  override updateIndex(index: VideoStreamIndex): void {
    super.updateIndex(index);
    this.count(index.allVideoSendingSourcesExcludingSelf(this.attendeeId).length);
  }
}

class Sending extends NScaleVideoUplinkBandwidthPolicy {
  constructor(
    attendeeId: string,
    logger: Logger,
    private readonly asked: () => void,
  ) {
    const browser = new DefaultBrowserBehavior();
    super(attendeeId, !browser.disableResolutionScaleDown(), logger, browser);
  }

  override chooseCaptureAndEncodeParameters() {
    const parameters = super.chooseCaptureAndEncodeParameters();
    this.asked();
    return parameters;
  }
}
