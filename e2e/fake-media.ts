import type { Page } from "playwright";

/** What a visitor shows and plays, so that the other side can tell who it sees and hears. */
export type FakeMedia = { colour: Colour; toneHz: number };
export type Colour = keyof typeof colours;

const colours = {
  red: [200, 30, 30],
  green: [30, 160, 60],
  blue: [40, 60, 200],
  yellow: [220, 200, 40],
  violet: [150, 40, 160],
} as const;

/** What everybody's screen looks like when they share it. */
export const screenColour = "violet" satisfies Colour;

/** What this file needs of a page, of whichever browser's driver. */
type Card = { rgb: readonly number[]; screenRgb: readonly number[]; toneHz: number | null };
type Scripted = { addInitScript(script: (card: Card) => void, card: Card): Promise<unknown> };
type Looked = { evaluate(look: () => number[][]): Promise<number[][]> };

/**
 * Makes the page's camera a card of one colour (with something moving on it), its microphone one tone and its screen violet.
 * `toneHz: null` leaves the microphone to the browser: Firefox makes no tone on a machine without a sound card.
 */
export async function fakeMedia(
  page: Scripted,
  media: { colour: Colour; toneHz: number | null },
): Promise<void> {
  await page.addInitScript(
    ({ rgb, screenRgb, toneHz }) => {
      const devices = navigator.mediaDevices;
      if (!devices) return; // about:blank and the like
      const real = devices.getUserMedia.bind(devices);
      let tone: MediaStreamTrack | null = null;

      function card(colour: readonly number[]): MediaStreamTrack {
        const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 360 });
        const pen = canvas.getContext("2d");
        let tick = 0;
        setInterval(() => {
          if (!pen) return;
          tick += 1;
          pen.fillStyle = `rgb(${colour.join(",")})`;
          pen.fillRect(0, 0, 640, 360);
          pen.fillStyle = "#fff";
          pen.fillRect((tick * 7) % 640, 330, 30, 30);
        }, 66);
        return canvas.captureStream(15).getVideoTracks()[0] as MediaStreamTrack;
      }
      function hum(frequency: number): MediaStreamTrack {
        if (!tone || tone.readyState === "ended") {
          const audio = new AudioContext();
          const oscillator = new OscillatorNode(audio, { frequency });
          const destination = audio.createMediaStreamDestination();
          oscillator.connect(new GainNode(audio, { gain: 0.4 })).connect(destination);
          oscillator.start();
          tone = destination.stream.getAudioTracks()[0] as MediaStreamTrack;
        }
        return tone.clone();
      }

      devices.getUserMedia = async (wanted) => {
        const asked = await real(wanted); // refusals and missing devices stay as they are
        const stream = new MediaStream();
        for (const track of asked.getTracks()) {
          if (track.kind === "audio" && toneHz === null) {
            stream.addTrack(track);
            continue;
          }
          const fake = track.kind === "video" ? card(rgb) : hum(toneHz ?? 0);
          const settings = track.getSettings();
          // The page remembers devices by the id of the one it was given.
          fake.getSettings = () => settings;
          track.stop();
          stream.addTrack(fake);
        }
        return stream;
      };
      devices.getDisplayMedia = async () => {
        const screen = card(screenRgb);
        window.addEventListener("test:stop-screen", () => {
          screen.stop();
          screen.dispatchEvent(new Event("ended")); // what the browser does, and a page's own stop doesn't
        });
        return new MediaStream([screen]);
      };
    },
    { rgb: colours[media.colour], screenRgb: colours[screenColour], toneHz: media.toneHz },
  );
}

/** As somebody does who presses "Stop sharing" in the browser's own bar. */
export async function pressBrowsersStop(page: Page): Promise<void> {
  await page.evaluate(() => window.dispatchEvent(new Event("test:stop-screen")));
}

/** The colours of the pictures that are playing now, in the page's order; `null` for one that is nobody's card. */
export async function coloursSeen(page: Looked): Promise<Array<Colour | null>> {
  const pixels = await page.evaluate(() =>
    [...document.querySelectorAll("video")]
      .filter((video) => video.videoWidth > 0 && !video.paused && video.checkVisibility())
      .map((video) => {
        const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
        const pen = canvas.getContext("2d");
        pen?.drawImage(video, video.videoWidth / 2, video.videoHeight / 3, 8, 8, 0, 0, 1, 1);
        return [...(pen?.getImageData(0, 0, 1, 1).data ?? [])].slice(0, 3);
      }),
  );
  return pixels.map(nameOf);
}

/** Whether somebody else's picture moves: five new frames of one within two seconds. What stands still is no picture, whatever its colour. */
export const othersMove = (page: {
  evaluate(look: () => Promise<boolean>): Promise<boolean>;
}): Promise<boolean> =>
  page.evaluate(() => {
    const moves = (video: HTMLVideoElement) =>
      new Promise<boolean>((done) => {
        let frames = 0;
        const next = () => {
          frames += 1;
          if (frames === 5) done(true);
          else video.requestVideoFrameCallback(next);
        };
        video.requestVideoFrameCallback(next);
        setTimeout(() => done(false), 2_000);
      });
    const others = [...document.querySelectorAll("video")].filter(
      ({ dataset }) => dataset.testid !== "self-video",
    );
    return Promise.all(others.map(moves)).then((all) => all.includes(true));
  });

/** The card's name, allowing for what YUV and the encoder do to a colour. */
function nameOf(pixel: number[]): Colour | null {
  for (const [name, rgb] of Object.entries(colours))
    if (Math.hypot(...rgb.map((value, index) => value - (pixel[index] ?? 0))) < 70) return name as Colour;
  return null;
}

/** The strongest frequency of what the page plays from the network, in Hz; `null` when it is silent. */
export async function toneHeard(page: Pick<Page, "evaluate">): Promise<number | null> {
  return page.evaluate(async () => {
    const streams = [...document.querySelectorAll<HTMLMediaElement>("audio, video")]
      .filter((element) => !element.muted && !element.paused)
      .flatMap((element) => (element.srcObject instanceof MediaStream ? [element.srcObject] : []))
      .filter((stream) => stream.getAudioTracks().some((track) => track.readyState === "live"));
    const audio = new AudioContext();
    try {
      const analyser = new AnalyserNode(audio, { fftSize: 8192, smoothingTimeConstant: 0 });
      for (const stream of streams) audio.createMediaStreamSource(stream).connect(analyser);
      await audio.resume();
      // One whole window of samples: the analyser's answer before that is partly silence.
      const full = audio.currentTime + analyser.fftSize / audio.sampleRate + 0.05;
      while (audio.currentTime < full) await new Promise((resolve) => requestAnimationFrame(resolve));
      const decibels = new Float32Array(analyser.frequencyBinCount);
      analyser.getFloatFrequencyData(decibels);
      let peak = 0;
      for (let bin = 1; bin < decibels.length; bin += 1)
        if ((decibels[bin] ?? -200) > (decibels[peak] ?? -200)) peak = bin;
      if ((decibels[peak] ?? -200) < -60) return null;
      return Math.round((peak * audio.sampleRate) / analyser.fftSize);
    } finally {
      await audio.close();
    }
  });
}

/**
 * When the page first hears a tone from the network, in epoch milliseconds: looked for some hundred times a second, in windows of 21 ms. Ask before
 * whoever plays it comes in; a page that hears it already answers at once.
 */
export async function toneBegins(page: Page, toneHz: number): Promise<number> {
  return page.evaluate(async (wanted) => {
    const audio = new AudioContext();
    const listening = new Map<MediaStream, AnalyserNode>();
    const samples = new Float32Array(1024);
    /** The share of the window's energy at one frequency (Goertzel), and whether there is any to speak of. */
    const hears = () => {
      const turn = 2 * Math.cos((2 * Math.PI * wanted) / audio.sampleRate);
      let [one, two, energy] = [0, 0, 0];
      for (const sample of samples) {
        [one, two] = [sample + turn * one - two, one];
        energy += sample * sample;
      }
      const power = (one * one + two * two - turn * one * two) / (samples.length / 2);
      return energy / samples.length > 1e-4 && power / energy > 0.7;
    };
    await audio.resume();
    try {
      for (;;) {
        for (const { srcObject } of document.querySelectorAll("audio")) {
          if (!(srcObject instanceof MediaStream) || srcObject.getAudioTracks().length === 0) continue;
          const known = listening.get(srcObject);
          const analyser = known ?? new AnalyserNode(audio, { fftSize: samples.length });
          if (!known) audio.createMediaStreamSource(srcObject).connect(analyser);
          listening.set(srcObject, analyser);
          analyser.getFloatTimeDomainData(samples);
          if (hears()) return performance.timeOrigin + performance.now();
        }
        await new Promise((next) => setTimeout(next, 5));
      }
    } finally {
      await audio.close();
    }
  }, toneHz);
}

/** @returns when the next press on this page was, in epoch milliseconds. */
export async function nextPress(page: Page): Promise<() => Promise<number>> {
  const pressed = await page.evaluateHandle(() => ({
    at: new Promise<number>((at) =>
      addEventListener("click", () => at(performance.timeOrigin + performance.now()), {
        capture: true,
        once: true,
      }),
    ),
  }));
  return () => pressed.evaluate(({ at }) => at);
}
