import { cp, mkdir, readdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";

/** CommonJS inside a bundle asks for Node's own modules this way. */
const requireBanner = {
  js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
};

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
    banner: requireBanner,
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
  await cp(path.join(root, "laptop/lambda/bootstrap.mjs"), path.join(folder, "bootstrap.mjs"));
  await putInPlace(path.join(folder, "main.mjs"), outputFiles[0]!.contents);
  return `${laptopFolder}/main.mjs`;
}

const lambdaSources = "runtimes/lambda";
const lambdaFolder = "node_modules/.cache/vouchsafe/lambda";

/**
 * Bundles each function of `runtimes/lambda` as it is deployed: one small file, beside Lambda's own copy of the clouds' SDKs.
 * @returns each function's name and the folder of its `index.mjs`.
 */
export async function bundleLambdas(root: string): Promise<Map<string, string>> {
  const files = (await readdir(path.join(root, lambdaSources))).filter((file) => /^[\w-]+\.ts$/.test(file));
  const made = new Map<string, string>();
  for (const file of files) {
    const name = path.basename(file, ".ts");
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: [path.join(lambdaSources, file)],
      bundle: true,
      write: false,
      minify: true,
      keepNames: true,
      legalComments: "none",
      platform: "node",
      format: "esm",
      target: "node20",
      mainFields: ["module", "main"],
      logLevel: "silent",
      banner: requireBanner,
      external: ["@aws-sdk/*"],
    });
    const folder = path.join(root, lambdaFolder, name);
    await mkdir(folder, { recursive: true });
    await putInPlace(path.join(folder, "index.mjs"), outputFiles[0]!.contents);
    made.set(name, folder);
  }
  return made;
}

/** Renamed into place: another copy of this checkout may be starting too. */
async function putInPlace(file: string, contents: Uint8Array): Promise<void> {
  const beside = `${file}.${process.pid}`;
  await writeFile(beside, contents);
  await rename(beside, file);
}
