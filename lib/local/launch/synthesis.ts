import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '..', '..', '..');

/**
 * Bundles the functions and synthesizes the CDK app of a stage, as `cdk synth` would.
 * @param outdir gets the template, the assets manifest and the bundles
 * @param stage that of cdk.json, which is the local one, where absent
 * @throws Error with what the app wrote, where it does not synthesize
 */
export async function synthesize(outdir: string, stage?: string): Promise<void> {
  const context = stage === undefined ? {} : { CDK_CONTEXT_JSON: JSON.stringify({ stage }) };
  await run(process.execPath, [join(ROOT, 'bin', 'app.ts')], { cwd: ROOT, env: { ...process.env, ...context, CDK_OUTDIR: outdir } });
}
