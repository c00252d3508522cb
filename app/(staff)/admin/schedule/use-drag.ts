"use client";

import { type PointerEvent as ReactPointerEvent, useEffect, useRef, useState } from "react";
import type { ScheduledEntry } from "@/lib/visits/read-schedule";

/** Where in the grid: 0 is the first column, and the first row. */
type Place = { column: number; row: number };
type Drag = { entry: ScheduledEntry; over: Place };
type Held = { entry: ScheduledEntry; x: number; y: number; grip: number };

/** A press that moves less is a press. Pixels. */
const slackPx = 6;

/**
 * Drags a visit over the grid by mouse or pen. A finger scrolls: for it, and for the keyboard, there is the button.
 * Escape puts it back. `drop` is told where it was let go; nothing is changed by that alone.
 */
export function useDrag({ rows, drop }: { rows: number; drop: (entry: ScheduledEntry, to: Place) => void }) {
  const grid = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState<Held | null>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const now = useRef({ drag, drop });
  now.current = { drag, drop };

  const hold = (event: ReactPointerEvent<HTMLElement>, entry: ScheduledEntry) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    if ((event.target as HTMLElement).closest("button")) return;
    const grip = event.clientY - event.currentTarget.getBoundingClientRect().top;
    setHeld({ entry, x: event.clientX, y: event.clientY, grip });
  };

  useEffect(() => {
    if (!held) return;
    const placeAt = (event: PointerEvent): Place | null => {
      const columns = [...(grid.current?.querySelectorAll("[data-column] .plan__rows") ?? [])];
      const column = columns.findIndex((one) => {
        const { left, right } = one.getBoundingClientRect();
        return left <= event.clientX && event.clientX < right;
      });
      const box = columns[column]?.getBoundingClientRect();
      if (!box) return null;
      const row = Math.round(((event.clientY - held.grip - box.top) / box.height) * rows);
      return { column, row: Math.min(rows - 1, Math.max(0, row)) };
    };
    const move = (event: PointerEvent) => {
      const far = Math.hypot(event.clientX - held.x, event.clientY - held.y) > slackPx;
      if (!far && !now.current.drag) return;
      const over = placeAt(event);
      if (over) setDrag({ entry: held.entry, over });
    };
    const over = () => {
      setHeld(null);
      setDrag(null);
    };
    const up = () => {
      const last = now.current.drag;
      over();
      if (!last) return;
      // The press that ends a drag is no press on the link beneath it.
      const swallow = (event: Event) => {
        event.preventDefault();
        event.stopPropagation();
      };
      addEventListener("click", swallow, { capture: true, once: true });
      setTimeout(() => removeEventListener("click", swallow, { capture: true }), 0);
      now.current.drop(last.entry, last.over);
    };
    const key = (event: KeyboardEvent) => {
      if (event.key === "Escape") over();
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", up);
    addEventListener("pointercancel", over);
    addEventListener("keydown", key);
    return () => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", up);
      removeEventListener("pointercancel", over);
      removeEventListener("keydown", key);
    };
  }, [held, rows]);

  return { grid, drag, hold };
}
