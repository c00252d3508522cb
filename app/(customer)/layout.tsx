import type { ReactNode } from "react";
import { preloadFont } from "../preload-font";
import "@/components/ui/controls.css";
import "../styles/desk.css";
import "./own.css";

/** The patient's own pages: each asks itself who is there. */
export default function OwnLayout({ children }: { children: ReactNode }) {
  preloadFont();
  return <div className="patient own">{children}</div>;
}
