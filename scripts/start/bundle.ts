import { cp, mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";

/** The processes that load our code, from their source to their bundle under the build's folder. */
const bundles = { web: "runtimes/web.ts", worker: "runtimes/worker.ts", seed: "scripts/seed.ts" } as const;

/** Where a process's bundle lies. */
export const bundleOf = (name: keyof typeof bundles) => `.next/vouchsafe/${name}.mjs`;
/** Where it comes from: what `npm run dev` runs. */
export const sourceOf = (name: keyof typeof bundles) => bundles[name];

/**
 * Bundles our code with its packages: the clouds' SDKs alone are thousands of small modules, which take a second of CPU
 * to load one by one. Takes half a second, at each build of the pages.
 */
export async function bundleProcesses(root: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: bundles,
    outdir: ".next/vouchsafe",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "linked",
    logLevel: "silent",
    // CommonJS inside the bundle asks for Node's own modules this way.
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    // It starts worker threads from files of its own.
    // Next finds its own parts on disk.
    external: ["pino", "next"],
  });
}

const laptopSource = "laptop/main.ts";
const laptopFolder = "node_modules/.cache/vouchsafe/laptop";

/**
 * Bundles the laptop cloud, which is no part of the build: a tenth of a second at each start saves a second of loading its modules
 * through a compiler. Its packages stay where they are. @returns the bundle, from the root.
 */
export async function bundleLaptop(root: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [laptopSource],
    bundle: true,
    write: false,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "silent",
  });
  const folder = path.join(root, laptopFolder);
  await mkdir(folder, { recursive: true });
  await cp(path.join(root, "laptop/console/assets"), path.join(folder, "assets"), { recursive: true });
  // Renamed into place: another copy of this checkout may be starting too.
  const beside = path.join(folder, `main.${process.pid}.mjs`);
  await writeFile(beside, outputFiles[0]!.contents);
  await rename(beside, path.join(folder, "main.mjs"));
  return `${laptopFolder}/main.mjs`;
}
