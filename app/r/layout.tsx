import { headers } from "next/headers";
import type { ReactNode } from "react";
import { PageStyle } from "../page-style";

export default async function RoomLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? "";
  return (
    <div className="patient">
      <PageStyle name="door" nonce={nonce} />
      {children}
    </div>
  );
}
