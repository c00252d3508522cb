/**
 * Why the command cannot go on, as one line for a person: what is wrong, and what to do about it.
 * The entry prints `message` alone, without a stack, and exits with 1.
 */
export class Halt extends Error {
  override name = "Halt";
}

/** The `code` of a system error (`EADDRINUSE`, `ENOENT` …), or `undefined` for anything else. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** Turns the disk's own refusals into the one line they deserve; every other error is returned as it came. */
export function explainDisk(error: unknown, folder: string): unknown {
  switch (errorCode(error)) {
    case "ENOSPC":
    case "EDQUOT":
      return new Halt(
        `The disk that holds ${folder} is full. Free some space, or set VOUCHSAFE_DATA to a folder elsewhere.`,
      );
    case "EROFS":
      return new Halt(
        `${folder} is on a read-only disk. Set VOUCHSAFE_DATA to a folder that can be written.`,
      );
    case "EACCES":
    case "EPERM":
      return new Halt(
        `${folder} cannot be written by this user. Fix its owner, or set VOUCHSAFE_DATA to another folder.`,
      );
    case "ENOTDIR":
    case "EEXIST":
      return new Halt(
        `${folder} is in the way of the state folder: it is a file. Set VOUCHSAFE_DATA to another folder.`,
      );
    default:
      return error;
  }
}

/** The same for what is built inside the project's own folder, which no setting moves: the line names the file that could not be written. */
export function explainProject(error: unknown): unknown {
  const file = error instanceof Error && "path" in error ? String(error.path) : "The project's folder";
  switch (errorCode(error)) {
    case "ENOSPC":
    case "EDQUOT":
      return new Halt(`The disk that holds ${file} is full. Free some space, and start again.`);
    case "EROFS":
    case "EACCES":
    case "EPERM":
      return new Halt(
        `${file} cannot be written by this user. Start as the owner of the project's folder, or make it yours.`,
      );
    default:
      return error;
  }
}
