import { useEffect } from "react";

/** The telephone's own controls, on its locked screen too: mute and hang up; and a sign that this page is in use, so that it sleeps later. */
export function useMediaSession(facts: {
  title: string;
  inside: boolean;
  muted: boolean;
  toggleMute: () => void;
  leave: () => void;
}): void {
  const { title, inside, muted, toggleMute, leave } = facts;
  useEffect(() => {
    const session = navigator.mediaSession;
    if (!session || !inside) return;
    session.metadata = new MediaMetadata({ title });
    session.playbackState = "playing";
    const acts = { togglemicrophone: toggleMute, hangup: leave } as const;
    const listen = (act: keyof typeof acts, run: (() => void) | null) => {
      try {
        session.setActionHandler(act as MediaSessionAction, run);
      } catch (cause) {
        if (!(cause instanceof TypeError)) throw cause; // an act that this browser has not
      }
    };
    for (const [act, run] of Object.entries(acts)) listen(act as keyof typeof acts, run);
    return () => {
      for (const act of Object.keys(acts)) listen(act as keyof typeof acts, null);
      session.playbackState = "none";
      session.metadata = null;
    };
  });
  useEffect(() => {
    if (inside) void navigator.mediaSession?.setMicrophoneActive?.(!muted);
  }, [inside, muted]);
}
