import type { AudioVideoFacade } from "amazon-chime-sdk-js";
import type { Picture } from "../call-state";

export type CameraOut = ReturnType<typeof cameraOut>;

/**
 * The page's camera, as one session sends it. The SDK is given a clone of its track: it may stop or disable what it holds, and this is covered while
 * the page's own preview goes on.
 *
 * @param othersShow does anybody else show a camera just now?
 */
export function cameraOut(audioVideo: AudioVideoFacade, othersShow: () => boolean) {
  let held: MediaStream | null = null;
  let holding: Promise<void> | null = null;
  let lens: MediaStreamTrack | null = null;
  let sent: Picture = "off";
  let closed = false;

  return {
    async send(camera: MediaStream | null, wished: Picture): Promise<void> {
      const picture = camera === null ? "off" : wished;
      if (picture === "off" && sent !== "off") {
        sent = "off";
        audioVideo.stopLocalVideoTile();
      }
      if (held !== camera) {
        held = camera;
        lens = camera?.getVideoTracks()[0]?.clone() ?? null;
        const input = lens
          ? audioVideo.startVideoInput(new MediaStream([lens]))
          : audioVideo.stopVideoInput();
        holding = input.then(() => undefined);
      }
      if (lens) lens.enabled = picture === "shown";
      if (holding) {
        const mine = holding;
        await mine;
        if (holding !== mine) return; // a later call goes on with another camera
        holding = null;
      }
      if (closed || picture === sent) return;
      // A right that came after the camera counts from the next negotiation on. The others' cameras bring one by themselves.
      const anew = sent === "covered" && picture === "shown" && !othersShow();
      if (anew) audioVideo.stopLocalVideoTile();
      if (anew || sent === "off") audioVideo.startLocalVideoTile();
      sent = picture;
    },
    /** Whatever is under way sends nothing any more. */
    close() {
      closed = true;
      holding = null;
    },
  };
}
