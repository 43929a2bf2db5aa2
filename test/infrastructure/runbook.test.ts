import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { resourcesOf, STAGES, templateOf } from './synthesized.ts';

const alarm = z.object({ AlarmDescription: z.string() });
const RUNBOOK = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');

/** The text under each heading of the runbook. */
const entries = new Map(
  RUNBOOK.split(/^## /mu)
    .slice(1)
    .map((entry) => [entry.slice(0, entry.indexOf('\n')).trim(), entry.slice(entry.indexOf('\n'))] as const),
);

describe.each(STAGES)('alarms in %s', (stage) => {
  const described = resourcesOf(templateOf(stage), 'AWS::CloudWatch::Alarm', alarm).map(({ properties }) => properties.AlarmDescription);

  it('name an entry of the runbook that exists and states impact and steps', () => {
    expect(described.length).toBeGreaterThan(10);
    for (const description of described) {
      const [, heading = ''] = /docs\/runbook\.md#([\w-]+)$/u.exec(description) ?? [];
      expect(entries.get(heading), `${description} → ${heading}`).toMatch(/\*\*Impact\.\*\*[\s\S]+^1\. /mu);
    }
  });

  it('leave no entry of the runbook without an alarm', () => {
    const named = new Set(described.map((description) => description.split('#').at(-1)));
    expect([...entries.keys()].filter((heading) => !named.has(heading))).toEqual([]);
  });
});
