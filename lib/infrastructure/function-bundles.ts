import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type BuildOptions, buildSync, type OutputFile, version } from 'esbuild';
import { isStamped, removeStamp, writeStamp } from './bundle-stamp.ts';

export interface BundleOptions {
  /** Folder that holds `functions/` and `node_modules/`. */
  readonly root: string;
  /** `<area>/<name>` of `functions/<area>/<name>.ts`. */
  readonly entries: readonly string[];
  /** Holds `<area>/<name>/index.mjs` afterwards, and nothing else. */
  readonly outputDirectory: string;
}

/** Said of every bundle. */
const SETTINGS = {
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  // Packages written for CommonJS still call `require`, which an ES module does not have.
  banner: { js: "import { createRequire as bundleRequire } from 'node:module';\nconst require = bundleRequire(import.meta.url);" },
  // Stack traces in the logs name our own functions and lines of readable code.
  minify: false,
  legalComments: 'none',
} as const satisfies BuildOptions;

/**
 * Bundles every function in one run: they share most of their sources, which are then read once. Where they stand already, made of the same sources, nothing is done.
 * @throws where an entry is missing, does not compile, or is compiled with a doubt.
 */
export function bundleFunctions({ root, entries, outputDirectory }: BundleOptions): void {
  const stamp = { root, outputDirectory, settings: { ...SETTINGS, entries, esbuild: version } };
  if (isStamped(stamp)) return;
  removeStamp(stamp);
  const since = Date.now();
  const { warnings, outputFiles, metafile } = buildSync({
    ...SETTINGS,
    mainFields: [...SETTINGS.mainFields],
    absWorkingDir: root,
    entryPoints: entries.map((entry) => ({ in: join('functions', `${entry}.ts`), out: join(entry, 'index') })),
    outdir: outputDirectory,
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  if (warnings.length > 0) throw new Error(warnings.map(({ text, location }) => `${location?.file}: ${text}`).join('\n'));
  for (const file of outputFiles) writeIfChanged(file);
  removeOthers(outputDirectory, new Set(entries));
  writeStamp(
    stamp,
    Object.keys(metafile.inputs),
    outputFiles.map(({ path }) => path),
    since,
  );
}

/** In one step, and only where the content is new: another synth may be reading the same folder. */
function writeIfChanged({ path, contents }: OutputFile): void {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.${process.pid}`;
  writeFileSync(partial, contents);
  renameSync(partial, path);
}

/** Removes functions that are no more. */
function removeOthers(outputDirectory: string, entries: ReadonlySet<string>): void {
  for (const area of readdirSync(outputDirectory)) {
    for (const name of readdirSync(join(outputDirectory, area))) {
      if (!entries.has(`${area}/${name}`)) rmSync(join(outputDirectory, area, name), { recursive: true });
    }
  }
}
