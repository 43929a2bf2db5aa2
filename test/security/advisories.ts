import { execFile } from 'node:child_process';
import * as z from 'zod';

/**
 * Asks the registry for advisories about every installed package: one of high or critical severity ends the command with 1. A registry that does not answer
 * such questions is no reason to fail: the command then says that it could not look, and docs/security.md has the review by hand.
 */
const LEVELS = ['high', 'critical'] as const;

const report = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({ severity: z.string(), range: z.string(), via: z.array(z.union([z.string(), z.object({ title: z.string(), url: z.string() })])) }),
  ),
});

const told = await new Promise<string>((resolve) => {
  // It ends with 1 for findings and for a registry that does not answer: what it wrote tells which.
  execFile('npm', ['audit', '--json', `--audit-level=${LEVELS[0]}`], { maxBuffer: 64 * 1024 * 1024 }, (_error, stdout) => resolve(stdout));
});

const found = report.safeParse(readJson(told));
if (!found.success) {
  console.log('Advisories: the registry could not be asked, so nothing was looked up. docs/security.md reviews the direct dependencies by hand.');
} else {
  const grave = Object.entries(found.data.vulnerabilities).filter(([, { severity }]) => LEVELS.some((level) => level === severity));
  for (const [name, { severity, range, via }] of grave) {
    console.error(`${severity}  ${name} ${range}`);
    for (const advisory of via) if (typeof advisory === 'object') console.error(`      ${advisory.title}  ${advisory.url}`);
  }
  console.log(`Advisories: ${grave.length} of severity high or critical.`);
  process.exitCode = grave.length === 0 ? 0 : 1;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
