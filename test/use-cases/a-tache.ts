import type { Tache } from '../../lib/core/tache.ts';

/** A tache that was just made, with what a test wants different. */
export function aTache(changes: Partial<Tache> = {}): Tache {
  return {
    id: 1,
    createdAt: '2026-03-01T08:00:00.000000Z',
    updatedAt: '2026-03-01T08:00:00.000000Z',
    state: 'CREATION',
    owner: 'awa',
    fileName: 'mars.csv',
    description: '',
    operatorCode: 'OMCI',
    operatorId: 2,
    currency: 'XOF',
    bounds: {},
    source: { key: 'statements/OMCI/1' },
    ...changes,
  };
}
