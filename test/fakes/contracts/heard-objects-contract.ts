import { expect, it } from 'vitest';
import type { HeardObjects } from '../../../lib/ports.ts';

const AT = '2026-03-08T12:00:00.000000Z';

/** What every list of heard objects does. @param make gives an empty one */
export function heardObjectsContract(make: () => Promise<HeardObjects>): void {
  it('tells the versions of an object that were heard of from those that were not', async () => {
    const heard = await make();
    const [one, other, unversioned] = [{ key: 'depot/a', versionId: 'v1' }, { key: 'depot/a', versionId: 'v2' }, { key: 'depot/a' }];
    await heard.note(one, AT);
    await heard.note(one, AT);
    expect(await heard.missing([one, other, unversioned, { key: 'depot/b', versionId: 'v1' }])).toEqual([other, unversioned, { key: 'depot/b', versionId: 'v1' }]);
    await heard.note(unversioned, AT);
    expect(await heard.missing([unversioned, one])).toEqual([]);
    expect(await heard.missing([])).toEqual([]);
  });

  it('takes the longest keys, in every script, and gives back what it was asked about', async () => {
    const heard = await make();
    const objects = ['x'.repeat(1_018), '🧾'.repeat(254), 'relevé du 2 mars'].map((name) => ({ key: `depot/${name}`, versionId: 'v1', bytes: 7 }));
    const [first, ...others] = objects;
    await heard.note({ key: first?.key ?? '', versionId: 'v1' }, AT);
    expect(await heard.missing(objects)).toEqual(others);
  });

  it('is asked about more than one request holds', async () => {
    const heard = await make();
    const objects = Array.from({ length: 230 }, (_, index) => ({ key: `depot/${index}`, versionId: 'v1' }));
    for (const object of objects.slice(0, 115)) await heard.note(object, AT);
    expect(await heard.missing(objects)).toEqual(objects.slice(115));
  });
}
