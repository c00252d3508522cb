/** How one direction of one client's packets is protected. The 48-bit index of a packet is its rollovers and its sequence number. */
export type RtpCipher = {
  seal(header: Buffer, payload: Buffer, ssrc: number, rollover: number, sequence: number): Buffer;
  /** The payload, or null when the packet is not authentic. */
  open(packet: Buffer, headerLength: number, ssrc: number, rollover: number, sequence: number): Buffer | null;
};
export type RtcpCipher = {
  seal(packet: Buffer, ssrc: number, index: number): Buffer;
  open(packet: Buffer, ssrc: number): { index: number; packet: Buffer } | null;
};
