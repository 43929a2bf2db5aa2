import { describe, expect, it } from 'vitest';
import { completeDetails } from '../../lib/use-cases/complete-details.ts';
import { detailsInMemory } from '../fakes/details-in-memory.ts';
import { someDetails } from '../fakes/some-details.ts';

describe('details of which some may have ended', () => {
  it('are given whole', async () => {
    const store = detailsInMemory();
    const edition = await store.write(1, someDetails(3, 0, 0));
    expect(await completeDetails(store).read(1, edition, 'correspondent', 1, 3)).toHaveLength(2);
    expect(await completeDetails(store).read(1, edition, 'correspondent', 0, 0)).toEqual([]);
  });

  it('are not given in part: what is validated must be the whole', async () => {
    const store = detailsInMemory();
    const edition = await store.write(1, someDetails(2, 0, 0));
    await expect(completeDetails(store).read(1, edition, 'correspondent', 0, 3)).rejects.toMatchObject({ reason: { code: 'conflict' } });
  });
});
