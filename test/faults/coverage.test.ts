import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { S3 } from './faults.ts';
import { FLOWS } from './flows.ts';

/** They call no service. */
const ALONE = ['applications-show-registration', 'specification-show-document', 'specification-show-page'];

describe('the flows', () => {
  it('between them use every function that calls a service', async () => {
    const files = await readdir(new URL('../../functions', import.meta.url), { recursive: true });
    const functions = files.filter((file) => file.endsWith('.ts')).map((file) => file.slice(0, -3).replace('/', '-'));
    const covered = new Set(FLOWS.flatMap(({ covers }) => covers));
    const left = functions.filter((name) => !covered.has(name) && !ALONE.includes(name));
    expect(left).toEqual([]);
    expect([...covered].filter((name) => !functions.includes(name) && name !== S3)).toEqual([]);
  });

  it('have a name each', () => {
    expect(new Set(FLOWS.map(({ name }) => name)).size).toBe(FLOWS.length);
  });
});
