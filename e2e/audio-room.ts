import type { Started } from "./started";

type OpenedRoom = { roomId: string; host: { link: string }; guest: { link: string } };

/** Makes a room as seed 2 does it: by an API key, at the seed's own path. */
export async function openTheRoom(
  { appUrl, adminKey }: Started,
  body: Record<string, unknown> = { name: "Call with Avery" },
): Promise<OpenedRoom> {
  const response = await fetch(`${appUrl}/rooms`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-admin-key": adminKey },
    body: JSON.stringify(body),
  });
  if (response.status !== 201) throw new Error(`no room: ${response.status} ${await response.text()}`);
  return (await response.json()) as OpenedRoom;
}
