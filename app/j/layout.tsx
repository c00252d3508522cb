import type { ReactNode } from "react";
import "../styles/door.css";
import "../styles/call.css";

export default function DoorLayout({ children }: { children: ReactNode }) {
  return <div className="patient">{children}</div>;
}
