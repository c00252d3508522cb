"use client";

import { Icon as DoorIcon, type IconName as DoorIconName } from "../ui/icon";

/** The icons that only a call needs: the door must not load them. Drawn as those of `ui/icon.tsx`. */
const paths = {
  close: "m6 6 12 12M18 6 6 18",
  chat: "M4.5 4.500h15a1.5 1.5 0 0 1 1.500 1.500v9.500a1.500 1.500 0 0 1-1.500 1.500H11l-5 4v-4H4.500A1.500 1.500 0 0 1 3 15.500V6a1.500 1.500 0 0 1 1.500-1.500z",
  captions:
    "M4 5h16a1.500 1.500 0 0 1 1.500 1.500v11A1.500 1.500 0 0 1 20 19H4a1.500 1.500 0 0 1-1.500-1.500v-11A1.500 1.500 0 0 1 4 5zM6 12h6M14.500 12H18M6 15.500h2.500M11 15.500h7",
  more: "M4.500 12a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0zM11.500 12a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0zM18.500 12a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0z",
  people:
    "M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20a6.500 6.500 0 0 1 13 0M16 4.300a3.500 3.500 0 0 1 0 6.400M18 14a6.500 6.500 0 0 1 3.500 6",
  screen:
    "M4 4h16a1.500 1.500 0 0 1 1.500 1.500v10A1.500 1.500 0 0 1 20 17H4a1.500 1.500 0 0 1-1.500-1.500v-10A1.500 1.500 0 0 1 4 4zM8 20.500h8M12 13.500v-6M9.500 9.800 12 7.300l2.500 2.500",
  record: "M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18zM12 8.500a3.500 3.500 0 1 1 0 7a3.500 3.500 0 0 1 0-7z",
  pin: "M9 3.500h6l-1 6 3.500 3.500h-11L10 9.500zM12 13v7.500",
  tiles:
    "M4 4.500h6.500v6.500H4zM13.500 4.500H20v6.500h-6.500zM4 13.500h6.500V20H4zM13.500 13.500H20V20h-6.500z",
  keys: "M4 6h16a1.500 1.500 0 0 1 1.500 1.500v9A1.500 1.500 0 0 1 20 18H4a1.500 1.500 0 0 1-1.500-1.500v-9A1.500 1.500 0 0 1 4 6zM6.500 10v.1M10 10v.1M14 10v.1M17.500 10v.1M8 14h8",
  aside:
    "M4 5h16a1.500 1.500 0 0 1 1.500 1.500v11A1.500 1.500 0 0 1 20 19H4a1.500 1.500 0 0 1-1.500-1.500v-11A1.500 1.500 0 0 1 4 5zM12 12h6.500v4.500H12z",
  blur: "M12 3.500a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM5 20.500a7 7 0 0 1 14 0M2.500 8v.1M2.500 13v.1M21.500 8v.1M21.500 13v.1M5 4v.1M19 4v.1",
} as const;

export type IconName = DoorIconName | keyof typeof paths;

export function Icon({ name, large = false }: { name: IconName; large?: boolean }) {
  if (!isOurs(name)) return <DoorIcon name={name} large={large} />;
  return (
    <svg className={large ? "i i--lg" : "i"} viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}

const isOurs = (name: IconName): name is keyof typeof paths => Object.hasOwn(paths, name);
