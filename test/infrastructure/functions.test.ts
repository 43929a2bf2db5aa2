import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ENVIRONMENT } from '../../lib/environment.ts';
import { PROJECT } from '../../lib/infrastructure/app.ts';
import { ENTRIES } from '../../lib/infrastructure/functions.ts';
import { lambdaFunction } from './schemas.ts';
import { resourcesOf, STAGES, templateOf } from './synthesized.ts';

const logGroup = z.object({ LogGroupName: z.string(), RetentionInDays: z.number() });
const settingNames: ReadonlyMap<string, string> = new Map(Object.entries(ENVIRONMENT));

/** The variables that the source of a function asks for. */
function variablesReadBy(entry: string): readonly string[] {
  const source = readFileSync(join(PROJECT.root, 'functions', `${entry}.ts`), 'utf8');
  const [, list = ''] = /readEnvironment\(\[([^\]]*)\]/.exec(source) ?? [];
  return [...list.matchAll(/'(\w+)'/g)].map(([, setting = '']) => settingNames.get(setting) ?? `unknown setting ${setting}`).sort();
}

describe.each(STAGES)('functions in %s', (stage) => {
  const template = templateOf(stage);
  const functions = resourcesOf(template, 'AWS::Lambda::Function', lambdaFunction);
  const logGroups = resourcesOf(template, 'AWS::Logs::LogGroup', logGroup);

  it('are exactly those of the table of functions', () => {
    expect(functions.map(({ properties }) => properties.FunctionName).sort()).toEqual(ENTRIES.map((entry) => `reconciliation-${stage}-${entry.replace('/', '-')}`).sort());
  });

  it.each(ENTRIES)('%s is given exactly the settings that it reads', (entry) => {
    const fn = functions.find(({ properties }) => properties.FunctionName.endsWith(`-${entry.replace('/', '-')}`));
    expect(Object.keys(fn?.properties.Environment.Variables ?? {}).sort()).toEqual(variablesReadBy(entry));
  });

  it('run Node 24 on arm64 and log JSON', () => {
    for (const { properties } of functions) {
      expect(properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], LoggingConfig: { LogFormat: 'JSON' } });
    }
  });

  it('each write to a log of their own that ends', () => {
    const written = functions.map(({ properties }) => properties.LoggingConfig.LogGroup);
    expect(new Set(written).size).toBe(functions.length);
    for (const id of written) expect(logGroups.find((group) => group.id === id)?.properties.RetentionInDays, id).toBeGreaterThan(0);
  });

  it('behind a route end before API Gateway stops waiting', () => {
    const background = [
      'receive-drop',
      'match-statement',
      'apply-validation',
      'import-ledger-file',
      'make-export',
      'retry-open-items',
      'resume-stalled',
      'measure-workload',
      'send-notices',
    ];
    const routed = functions.filter(({ properties }) => !background.some((name) => properties.FunctionName.endsWith(name)));
    expect(routed.map(({ properties }) => properties.Timeout).filter((seconds) => seconds > 29)).toEqual([]);
  });

  it('that spool files have room for four gigabytes', () => {
    const spooling = functions
      .filter(({ properties }) => properties.EphemeralStorage.Size === 4096)
      .map(({ properties }) => properties.FunctionName.replace(/^.*?-(drop|reconciliation|ledger|taches|open-items)-/, ''));
    expect(spooling.sort()).toEqual(['import-ledger-file', 'make-export', 'match-statement', 'receive-drop', 'retry-open-items']);
  });
});

describe('the variables of the stack', () => {
  it('are read by somebody, each of them', () => {
    expect([...new Set(ENTRIES.flatMap(variablesReadBy))].sort()).toEqual([...settingNames.values()].sort());
  });
});
