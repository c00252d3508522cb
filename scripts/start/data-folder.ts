import { mkdir, rm, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { explainDisk, Halt } from "./halt";
import { type Lock, tryLock } from "./lock";
import { waitForExit } from "./process-alive";

/** Room for a new cluster, its write-ahead log and the logs, with something left. */
const neededBytes = 300 * 1024 * 1024;

/** Makes the state folder and sees that it can be written and that there is room. */
export async function prepareDataFolder(folder: string): Promise<void> {
  try {
    // Others may pass through, not look: as root the database runs as another user inside it.
    await mkdir(folder, { recursive: true, mode: 0o711 });
    const probe = path.join(folder, `.probe-${process.pid}`);
    await writeFile(probe, Buffer.alloc(4096));
    await rm(probe);
  } catch (error) {
    throw explainDisk(error, folder);
  }
  const disk = await statfs(folder);
  const freeBytes = disk.bavail * disk.bsize;
  if (freeBytes < neededBytes)
    throw new Halt(
      `The disk that holds ${folder} has ${Math.floor(freeBytes / 1e6)} MB left, and ${Math.ceil(neededBytes / 1e6)} MB are needed. Free some space, or set VOUCHSAFE_DATA to a folder elsewhere.`,
    );
}

/** Takes the folder for this launcher, waiting for the processes of a killed one, which end when it does. */
export async function lockDataFolder(folder: string): Promise<Lock> {
  const taken = await tryLock(path.join(folder, "launcher.json"));
  if ("lock" in taken) {
    for (const pid of taken.lock.predecessor?.children ?? []) await waitForExit(pid, 8_000);
    return taken.lock;
  }
  const { pid, appUrl } = taken.heldBy;
  throw new Halt(
    `Vouchsafe is already running from ${folder} (process ${pid}${appUrl ? `, ${appUrl}` : ""}). Stop it first, or give a second copy its own VOUCHSAFE_DATA, PORT and LAPTOP_PORT.`,
  );
}
