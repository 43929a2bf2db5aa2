import { expect, it } from 'vitest';
import type { DetailsStore } from '../../../lib/ports.ts';
import { someDetails } from '../some-details.ts';

/** What every store of details does. @param make gives an empty one */
export function detailsContract(make: () => Promise<DetailsStore>): void {
  it('gives any stretch of each list back, in order', async () => {
    const details = await make();
    const lists = someDetails(25, 12, 3);
    const edition = await details.write(1, lists);
    expect(await details.read(1, edition, 'correspondent', 0, 25)).toEqual(lists.correspondents);
    expect(await details.read(1, edition, 'correspondent', 10, 12)).toEqual(lists.correspondents.slice(10, 12));
    expect(await details.read(1, edition, 'unexplained', 11, 12)).toEqual(lists.unexplained.slice(11));
    expect(await details.read(1, edition, 'anomaly', 0, 3)).toEqual(lists.anomalies);
  });

  it('gives nothing for a stretch of no rows, wherever it lies', async () => {
    const details = await make();
    const edition = await details.write(1, someDetails(5, 0, 0));
    for (const at of [0, 3, 5, 999, 1_000, 1_001]) expect(await details.read(1, edition, 'correspondent', at, at), `at ${at}`).toEqual([]);
    expect(await details.read(1, edition, 'correspondent', 4, 2)).toEqual([]);
    expect(await details.read(1, edition, 'unexplained', 0, 10)).toEqual([]);
  });

  it('gives stretches over more than one page of a thousand', async () => {
    const details = await make();
    const lists = someDetails(0, 2_345, 0);
    const edition = await details.write(1, lists);
    for (const [from, to] of [
      [0, 2_345],
      [0, 1_000],
      [999, 1_001],
      [1_000, 2_000],
      [1_999, 2_345],
      [2_340, 9_999],
    ] as const) {
      expect((await details.read(1, edition, 'unexplained', from, to)).map(({ id }) => id)).toEqual(lists.unexplained.slice(from, to).map(({ id }) => id));
    }
  });

  it('of the same lists written again are the same, under the same edition', async () => {
    const details = await make();
    const edition = await details.write(1, someDetails(3, 3, 3));
    expect(await details.write(1, someDetails(3, 3, 3))).toBe(edition);
    expect(await details.read(1, edition, 'correspondent', 0, 9)).toHaveLength(3);
  });

  it('of another run lie beside the first: fewer rows show none of it, more rows disturb none of it', async () => {
    const details = await make();
    const many = await details.write(1, someDetails(9, 9, 9));
    const few = await details.write(1, someDetails(2, 1, 0));
    expect(few).not.toBe(many);
    expect(await details.read(1, few, 'correspondent', 0, 9)).toHaveLength(2);
    expect(await details.read(1, many, 'correspondent', 0, 9)).toEqual(someDetails(9, 9, 9).correspondents);
  });

  it('of one tache are not those of another', async () => {
    const details = await make();
    const edition = await details.write(1, someDetails(2, 0, 0));
    await details.write(11, someDetails(5, 0, 0, 100));
    expect(await details.read(1, edition, 'correspondent', 0, 9)).toHaveLength(2);
    expect(await details.read(2, edition, 'correspondent', 0, 9)).toEqual([]);
  });
}
