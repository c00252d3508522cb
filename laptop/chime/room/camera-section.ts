import { type StreamHeader, writeRtpHeader } from "../rtp/packet";

/** One byte that says of itself that it is padding: no decoder is given anything. */
const onlyPadding = Buffer.from([1]);

/** The section of the SDP in which a client sends its own camera, seen from the side that could send something back there. */
export class CameraSection {
  /** As the last answer agreed; null while the client neither sends nor receives there. */
  agreed: Omit<StreamHeader, "ssrc"> | null = null;
  private index: number;

  constructor(
    private readonly ssrc: number,
    private readonly start: { index: number; timestamp: number },
    private readonly send: (header: Buffer, payload: Buffer, ssrc: number, index: number) => void,
  ) {
    this.index = start.index;
  }

  /**
   * A packet of nothing. The first packets of somebody's picture may arrive before the client has read the answer that announces them. Firefox then
   * takes them for this section's, the only one of their payload type that it knows, and never shows that picture. A section which has had
   * a packet with its own mid takes no other.
   */
  claim(): void {
    if (!this.agreed) return;
    const { ssrc } = this;
    const index = ++this.index;
    const { timestamp } = this.start;
    const header = writeRtpHeader(
      { ssrc, ...this.agreed },
      { index, timestamp, marker: false, padding: true },
    );
    this.send(header, onlyPadding, ssrc, index);
  }
}
