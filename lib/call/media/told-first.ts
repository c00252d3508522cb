import { AllHighestVideoBandwidthPolicy, type VideoStreamIndex } from "amazon-chime-sdk-js";

/**
 * The SDK's own choice of what to receive, which tells how many cameras this attendee may see before the SDK acts on it. Whoever is let in learns it here
 * first: a camera that goes on within `told` goes out in the same negotiation in which the others' come in, instead of in a second one after it.
 */
export function toldFirst(
  attendeeId: string,
  told: (cameras: number) => void,
): AllHighestVideoBandwidthPolicy {
  return new ToldFirst(attendeeId, told);
}

class ToldFirst extends AllHighestVideoBandwidthPolicy {
  constructor(
    private readonly attendeeId: string,
    private readonly told: (cameras: number) => void,
  ) {
    super(attendeeId);
  }

  override updateIndex(index: VideoStreamIndex): void {
    super.updateIndex(index);
    this.told(index.allVideoSendingSourcesExcludingSelf(this.attendeeId).length);
  }
}
