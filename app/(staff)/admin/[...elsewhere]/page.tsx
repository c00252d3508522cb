import { notFound } from "next/navigation";
import { requirePage } from "@/lib/auth/require-staff";

/** An address under /admin that no page has: said inside the frame, where the menu is. */
export default async function Elsewhere() {
  await requirePage("/admin/[...elsewhere]");
  notFound();
}
