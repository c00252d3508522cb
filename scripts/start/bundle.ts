import { build } from "esbuild";

/** The processes that load the clouds' SDKs, from their source to their bundle under the build's folder. */
const bundles = { worker: "runtimes/worker.ts", seed: "scripts/seed.ts" } as const;

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
    external: ["pino"],
  });
}
