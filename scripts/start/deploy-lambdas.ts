import { bundleLambdas } from "./bundle";
import { writePrivateJson } from "./private-file";

/** Bundles the functions of `runtimes/lambda` and lists them for the laptop cloud, which runs what the file lists from then on. */
export async function deployLambdas(
  root: string,
  functionsFile: string,
  environment: Record<string, string>,
): Promise<void> {
  const listed = [...(await bundleLambdas(root))].map(([name, folder]) => [
    name,
    { folder, environment, provisioned: 1 },
  ]);
  await writePrivateJson(functionsFile, Object.fromEntries(listed));
}
