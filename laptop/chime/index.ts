import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { ApiRequest, ApiResponse } from "../wire";
import { type Capabilities, isWaiting } from "./control/capabilities";
import { handleControl } from "./control/handle";
import { type AttendeeShape, type MeetingShape, openOperations } from "./control/operations";
import { openRegistry } from "./control/registry";
import { type MediaFaults, openMediaFaults } from "./faults";
import { makeCertificate } from "./handshake";
import { openIceLite } from "./ice/ice-lite";
import { joinTokens } from "./join-token";
import { type AudioLine, openLines } from "./line";
import type { RoomContext } from "./room/peer";
import { type Listen, Room } from "./room/room";
import { openDoor } from "./signaling/accept";

type MeetingSnapshot = {
  id: string;
  externalId: string;
  /** ISO 8601. */
  createdAt: string;
  attendees: Array<{
    id: string;
    externalUserId: string;
    capabilities: Capabilities;
    connected: boolean;
    muted: boolean;
    video: boolean;
    /** Connected, and allowed nothing yet. */
    waiting: boolean;
  }>;
  packets: { in: number; out: number };
};

/** A laptop-sized Amazon Chime SDK: the Meetings API and the media plane behind it. */
export type Chime = {
  /** The control API; the path begins with `/meetings`. */
  handle(request: ApiRequest): Promise<ApiResponse>;
  /** WebSocket upgrades; paths that are not `/control/…` are answered 404. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** As CreateMeeting, for services in this process. Throws `VendorError`. */
  createMeeting(request: {
    externalMeetingId: string;
    clientRequestToken: string;
    mediaRegion?: string;
    maxAttendees?: number;
  }): Promise<MeetingShape>;
  /** As CreateAttendee. Throws `VendorError`. */
  createAttendee(
    meetingId: string,
    externalUserId: string,
    capabilities?: Capabilities,
  ): Promise<AttendeeShape>;
  /** Ends it for everybody; one that has ended already is left alone. */
  endMeeting(meetingId: string): void;
  /** Joins from within this process: as a new attendee, or as the one whose token it is. Throws `VendorError` for what no browser could join either. */
  openLine(meetingId: string, who: { externalUserId: string } | { joinToken: string }): Promise<AudioLine>;
  /** As DeleteAttendee; one who is gone already is left alone. */
  removeAttendee(meetingId: string, attendeeId: string): void;
  /** As UpdateAttendeeCapabilities; nothing happens to who is gone. */
  setCapabilities(meetingId: string, attendeeId: string, capabilities: Capabilities): void;
  /** The attendees who are connected; null when the meeting has ended. */
  present(meetingId: string): ReadonlySet<string> | null;
  /** What a meeting's speakers say and their cameras show, for as long as it lasts; takes no place in it. `ended` is told once. Null: there is no such meeting. */
  listen(meetingId: string, ended: () => void): Listen | null;
  snapshot(): { meetings: MeetingSnapshot[] };
  faults: MediaFaults;
  /** The UDP port of all media. */
  readonly udpPort: number;
  /** Clients are cut off without a word, so that they come back to the next process. */
  close(): Promise<void>;
};

const sweepEveryMs = 10_000;

/** @returns when the UDP port is open. @throws when it is taken (`EADDRINUSE`). */
export async function startChime(options: {
  /** Signs JoinTokens; the same after a restart, so that calls survive it. */
  secret: Buffer;
  /** The base address of the HTTP server that owns `upgrade`, without a trailing slash. Asked late: the port may be chosen late. */
  publicUrl: () => string;
  /** 0 or absent: any free port. */
  udpPort?: number;
  /** Loopback by default: for browsers of this machine alone, at each of its addresses. Another opens media to that network. */
  udpHost?: string;
  /** What `save` was last given. */
  load?: unknown;
  save?: (state: unknown) => void;
  clock?: () => number;
  log: (line: object) => void;
}): Promise<Chime> {
  const { log } = options;
  const clock = options.clock ?? Date.now;
  const now = () => performance.timeOrigin + performance.now();
  const host = options.udpHost ?? "127.0.0.1";
  const tokens = joinTokens(options.secret);
  const registry = openRegistry({
    load: options.load,
    save: (state) => options.save?.(state),
    tokens,
    now: clock,
  });
  const ice = await openIceLite({ host, port: options.udpPort ?? 0, log });
  const rooms = new Map<string, Room>();
  const externalIdOf = (meetingId: string) => registry.find(meetingId)?.externalMeetingId;
  const { switches, faultOf } = openMediaFaults(({ meetingId, attendeeId, externalMeetingId }, code) => {
    const hit = [...rooms.values()]
      .filter((room) => meetingId === undefined || room.meetingId === meetingId)
      .filter((room) => externalMeetingId === undefined || externalIdOf(room.meetingId) === externalMeetingId)
      .flatMap((room) => room.members())
      .filter((peer) => attendeeId === undefined || peer.baseId === attendeeId);
    for (const { signal } of hit) code === undefined ? signal.terminate() : signal.close(code);
    return hit.length;
  }, externalIdOf);
  const context: RoomContext = {
    ice,
    certificate: await makeCertificate(),
    candidates: ice.candidates,
    faultOf,
    now,
    clock,
    log,
  };

  function roomOf(meetingId: string): Room {
    let room = rooms.get(meetingId);
    if (!room) {
      const meeting = registry.find(meetingId);
      if (!meeting) throw new Error("A room needs a live meeting");
      room = new Room(context, meeting);
      rooms.set(meetingId, room);
    }
    return room;
  }
  function closeRoom(meetingId: string): void {
    rooms.get(meetingId)?.end();
    rooms.delete(meetingId);
  }

  const operations = openOperations(
    registry,
    (meetingId) => ({
      // The SDK needs a value here, or there is no audio; media goes where the SDP answer says.
      AudioHostUrl: `${ice.candidates()[0]?.address}:${ice.port}`,
      SignalingUrl: `${options.publicUrl().replace(/^http/, "ws")}/control/${meetingId}`,
    }),
    {
      ended: closeRoom,
      removed: (meetingId, attendeeId) => rooms.get(meetingId)?.expel(attendeeId),
      capabilitiesChanged: (meetingId, attendeeId) => rooms.get(meetingId)?.onCapabilitiesChanged(attendeeId),
      transcriptionChanged: (meetingId) => rooms.get(meetingId)?.onTranscriptionChanged(),
    },
  );
  const endMeeting = (meetingId: string) => {
    const meeting = registry.find(meetingId);
    if (meeting) registry.end(meeting);
    closeRoom(meetingId);
  };
  const hasAttendee = (meetingId: string, attendeeId: string) =>
    registry.find(meetingId)?.attendees.some((one) => one.attendeeId === attendeeId) ?? false;
  const sweeper = setInterval(() => {
    for (const { meetingId } of registry.expired()) endMeeting(meetingId);
    void ice.follow();
  }, sweepEveryMs);
  sweeper.unref();
  const door = openDoor({ tokens, registry, roomOf, now, log });
  const openLine = openLines({ tokens, registry, roomOf, addAttendee: operations.createAttendee });

  return {
    handle: async (request) => handleControl(operations, request),
    upgrade: door.upgrade,
    createMeeting: async ({
      externalMeetingId,
      clientRequestToken,
      mediaRegion = "us-east-1",
      maxAttendees,
    }) =>
      operations.createMeeting({
        ExternalMeetingId: externalMeetingId,
        ClientRequestToken: clientRequestToken,
        MediaRegion: mediaRegion,
        ...(maxAttendees === undefined ? {} : { MeetingFeatures: { Attendee: { MaxCount: maxAttendees } } }),
      }).Meeting,
    createAttendee: async (meetingId, ExternalUserId, Capabilities) =>
      operations.createAttendee(meetingId, { ExternalUserId, Capabilities }).Attendee,
    endMeeting,
    removeAttendee(meetingId, attendeeId) {
      if (hasAttendee(meetingId, attendeeId)) operations.deleteAttendee(meetingId, attendeeId);
    },
    setCapabilities(meetingId, attendeeId, Capabilities) {
      if (hasAttendee(meetingId, attendeeId))
        operations.updateAttendeeCapabilities(meetingId, attendeeId, { Capabilities });
    },
    present(meetingId) {
      if (!registry.find(meetingId)) return null;
      const members = rooms.get(meetingId)?.members() ?? [];
      return new Set(members.filter(({ ready }) => ready).map(({ baseId }) => baseId));
    },
    openLine: async (meetingId, who) => openLine(meetingId, who),
    listen(meetingId, ended) {
      if (!registry.find(meetingId)) return null;
      const room = roomOf(meetingId);
      return (senses) => room.listen({ ...senses, ended });
    },
    faults: switches,
    udpPort: ice.port,
    snapshot: () => ({
      meetings: registry.live().map((meeting) => {
        const members = rooms.get(meeting.meetingId)?.members() ?? [];
        const sum = (way: "in" | "out") =>
          members.reduce((packets, { transport }) => packets + (transport?.packets[way] ?? 0), 0);
        return {
          id: meeting.meetingId,
          externalId: meeting.externalMeetingId,
          createdAt: new Date(meeting.createdAtMs).toISOString(),
          attendees: meeting.attendees.map(({ attendeeId, externalUserId, capabilities }) => {
            const peer = members.find(({ id }) => id === attendeeId);
            const connected = peer?.ready ?? false;
            return {
              id: attendeeId,
              externalUserId,
              capabilities,
              connected,
              muted: peer?.muted ?? false,
              video: peer?.camera != null,
              waiting: connected && isWaiting(capabilities),
            };
          }),
          packets: { in: sum("in"), out: sum("out") },
        };
      }),
    }),
    async close() {
      clearInterval(sweeper);
      for (const room of rooms.values()) room.abandon();
      rooms.clear();
      door.close();
      await ice.close();
    },
  };
}
