import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '..', '..', '..');

/**
 * Bundles the functions and synthesizes the CDK app of the local stage, as `cdk synth` would.
 * @param outdir gets the template, the assets manifest and the bundles
 * @throws Error with what the app wrote, where it does not synthesize
 */
export async function synthesize(outdir: string): Promise<void> {
  await run(process.execPath, [join(ROOT, 'bin', 'app.ts')], { cwd: ROOT, env: { ...process.env, CDK_OUTDIR: outdir } });
}
