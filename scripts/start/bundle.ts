import { build, type Plugin } from "esbuild";

/** The processes that load the clouds' SDKs, from their source to their bundle under the build's folder. */
const bundles = { worker: "runtimes/worker.ts", seed: "scripts/seed.ts" } as const;

/** Where a process's bundle lies. */
export const bundleOf = (name: keyof typeof bundles) => `.next/vouchsafe/${name}.mjs`;
/** Where it comes from: what `npm run dev` runs. */
export const sourceOf = (name: keyof typeof bundles) => bundles[name];

/**
 * Bundles our code with the AWS SDKs, whose thousands of small modules take a second of CPU to load one by one; every
 * other package is left where it is. Half a second, at each build of the pages.
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
    plugins: [leavePackages],
  });
}

const leavePackages: Plugin = {
  name: "leave-packages",
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      const isBundled = kind === "entry-point" || path.startsWith("@/") || /^@(aws|smithy)/.test(path);
      return isBundled ? null : { path, external: true };
    });
  },
};
