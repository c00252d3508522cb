"use client";

import { useMemo } from "react";
import { feedbackDesk } from "@/lib/call/feedback/feedback-desk";
import { keptReport } from "@/lib/call/feedback/kept-report";
import { openMeasure } from "@/lib/call/line/measure";
import { reportOf } from "@/lib/call/line/report-of";
import type { LookBack } from "@/lib/visits/answers";
import type { DoorFacts } from "../prejoin/door-facts";
import { AfterCall } from "./after-call";
import "../ui/controls.css";
import "./call.css";

/** The page after a visit once more, for whoever was in it: after a reload, or by the link. Holds no call and no media SDK. */
export function AfterPage({ door, back }: { door: DoorFacts; back: LookBack }) {
  const { seatId, reason, talked, answered } = back;
  const desk = useMemo(
    () =>
      feedbackDesk(
        {
          fetch: (...request) => fetch(...request),
          measured: () => keptReport().recall(seatId) ?? unmeasured(),
        },
        { visitId: door.visitId, seatId, answered: answered !== null },
      ),
    [door.visitId, seatId, answered],
  );
  return (
    <AfterCall
      state={{
        phase: "ended",
        reason,
        seatId,
        talked: talked && { fromMs: Date.parse(talked.from), toMs: Date.parse(talked.to) },
        endNotTold: false,
        muted: true,
        cameraOn: false,
      }}
      door={door}
      feedback={desk}
      call={null}
    />
  );
}

/** Another tab's call: only the kind of browser is known. */
function unmeasured() {
  const off = { state: "off" } as const;
  return reportOf(openMeasure().read(Date.now()), { camera: off, microphone: off }, navigator);
}
