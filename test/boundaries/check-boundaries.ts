import { execFileSync } from 'node:child_process';
import * as z from 'zod';

/** Runs dependency-cruiser over the sources; a run that saw almost nothing proves nothing, so it fails too. */
const FEWEST_MODULES = 100;

const report = z.object({
  summary: z.object({
    totalCruised: z.number(),
    totalDependenciesCruised: z.number().optional(),
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

function cruise(): string {
  return execFileSync(
    'node',
    ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'bin', 'lib', 'functions', 'test'],
    {
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
    },
  );
}

const { summary } = report.parse(JSON.parse(cruise()));
for (const { rule, from, to } of summary.violations) console.error(`${rule.name}: ${from} → ${to}`);
console.log(`${summary.totalCruised} modules, ${summary.totalDependenciesCruised ?? 0} dependencies, ${summary.violations.length} violations of the import boundaries`);
if (summary.totalCruised < FEWEST_MODULES) console.error(`only ${summary.totalCruised} modules were seen: the check itself is broken`);
process.exitCode = summary.violations.length > 0 || summary.totalCruised < FEWEST_MODULES ? 1 : 0;
