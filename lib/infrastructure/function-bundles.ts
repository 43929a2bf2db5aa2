import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

export interface BundleOptions {
  /** Folder that holds `functions/` and `node_modules/`. */
  readonly root: string;
  /** `<area>/<name>` of `functions/<area>/<name>.ts`. */
  readonly entries: readonly string[];
  /** Emptied first; gets `<area>/<name>/index.mjs`. */
  readonly outputDirectory: string;
}

/**
 * Bundles every function in one run: they share most of their sources, which are then read once.
 * @throws where an entry is missing, does not compile, or is compiled with a doubt.
 */
export function bundleFunctions({ root, entries, outputDirectory }: BundleOptions): void {
  rmSync(outputDirectory, { recursive: true, force: true });
  const { warnings } = buildSync({
    absWorkingDir: root,
    entryPoints: entries.map((entry) => ({ in: join('functions', `${entry}.ts`), out: join(entry, 'index') })),
    outdir: outputDirectory,
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
    // For a debugger; not deployed.
    sourcemap: 'external',
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'silent',
  });
  if (warnings.length > 0) throw new Error(warnings.map(({ text, location }) => `${location?.file}: ${text}`).join('\n'));
}
