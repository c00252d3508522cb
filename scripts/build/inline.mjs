import { build } from "esbuild";

/**
 * A loader for Turbopack: `import text from "./x.ts?inline"` (or `.css`) is the file itself, bundled with all that it imports and
 * minified, as a text to put into a page. For what may not wait for a request of its own. Next.config.ts names the rules; in the
 * browser's bundle the text is empty, for there it is in the page already.
 */
export default function inline() {
  const { browser = false } = this.getOptions();
  if (browser) return 'export default "";';
  const done = this.async();
  bundle(this.resourcePath).then(
    ({ text, inputs }) => {
      for (const file of inputs) this.addDependency(`${process.cwd()}/${file}`);
      done(null, `export default ${JSON.stringify(text)};`);
    },
    (error) => done(error),
  );
}

async function bundle(file) {
  const { outputFiles, metafile } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: "es2020",
    charset: "utf8",
    legalComments: "none",
    external: ["/fonts/*"],
    metafile: true,
    logLevel: "silent",
  });
  // "</" would end the element that holds it.
  const text = outputFiles[0].text.trim().replaceAll("</", "<\\/");
  return { text, inputs: Object.keys(metafile.inputs) };
}
