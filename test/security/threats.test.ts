import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT } from '../../lib/infrastructure/app.ts';

const page = readFileSync(join(PROJECT.root, 'docs', 'security.md'), 'utf8');
const TITLES = /`([a-z0-9/-]+)`((?: “[^”]+”,?)+)/gu;

/** File and title of each test that the page names. */
const named = [...page.matchAll(TITLES)].flatMap(([, file = '', titles = '']) =>
  [...titles.matchAll(/“([^”]+)”/gu)].map(([, title = '']) => [`test/${file}.test.ts`, title] as const),
);

describe('the list of threats', () => {
  it('names a test on every line, or says what stands for one', () => {
    const [, threats = ''] = page.split('## Threats');
    const lines = (threats.split('## What is not there')[0] ?? '').split('\n').filter((line) => line.startsWith('| ') && !/^\| (?:threat|---)/u.test(line));
    expect(lines.length).toBeGreaterThan(30);
    expect(lines.filter((line) => !new RegExp(TITLES, 'u').test(line) && !line.includes('(a step of `.ci/run`)'))).toEqual([]);
  });

  it.each(named)('names a test that is there: %s, “%s”', (file, title) => {
    const path = join(PROJECT.root, file);
    expect(existsSync(path)).toBe(true);
    const source = readFileSync(path, 'utf8').replaceAll("\\'", "'");
    expect(source.includes(`'${title}'`)).toBe(true);
  });
});
