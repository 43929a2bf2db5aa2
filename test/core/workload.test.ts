import { describe, expect, it } from 'vitest';
import { workloadOf } from '../../lib/core/workload.ts';

const NOW = Date.parse('2026-03-08T12:00:00Z');
const at = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();
const tache = (state: 'CREATION' | 'ENCOURS' | 'ATTENTE' | 'VALIDEE' | 'TERMINEE' | 'ECHEC', created: number, updated = created) => ({
  state,
  createdAt: at(created),
  updatedAt: at(updated),
});

describe('the workload', () => {
  it('counts taches by state', () => {
    const found = workloadOf([tache('CREATION', 1), tache('ATTENTE', 2), tache('ATTENTE', 3), tache('ECHEC', 4)], NOW);
    expect(found).toMatchObject({ CREATION: 1, ENCOURS: 0, ATTENTE: 2, VALIDEE: 0, TERMINEE: 0, ECHEC: 1 });
  });

  it('tells how long the oldest statement has waited to be matched, from when it came', () => {
    expect(workloadOf([tache('CREATION', 20), tache('ENCOURS', 3)], NOW).oldestUnmatched).toBe(20 * 60);
    expect(workloadOf([tache('ENCOURS', 30, 1), tache('CREATION', 10), tache('ECHEC', 90)], NOW).oldestUnmatched).toBe(30 * 60);
  });

  it('tells how long the oldest result has waited to be validated, from when it was there', () => {
    expect(workloadOf([tache('ATTENTE', 500, 20), tache('ATTENTE', 40, 15), tache('VALIDEE', 900)], NOW).oldestUnvalidated).toBe(20 * 60);
  });

  it('says 0 where nothing waits, and of a clock that runs ahead', () => {
    expect(workloadOf([tache('TERMINEE', 5), tache('ATTENTE', -5)], NOW)).toMatchObject({ oldestUnmatched: 0, oldestUnvalidated: 0 });
  });
});
