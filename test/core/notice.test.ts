import { describe, expect, it } from 'vitest';
import { CHANNELS, choiceOf, internationalNumber, noticeOf, tacheAtEvent } from '../../lib/core/notice.ts';
import { TACHE_STATES } from '../../lib/core/tache.ts';
import { anOutcome } from '../fakes/an-outcome.ts';
import { aTache } from '../use-cases/a-tache.ts';

describe('a telephone number', () => {
  it.each([
    ['+225 07 00 00 00 12', '+2250700000012'],
    ['00225 0700000012', '+2250700000012'],
    ['+237 (6) 55-00.00.12', '+237655000012'],
  ])('%s is reached as %s', (written, number) => {
    expect(internationalNumber(written)).toBe(number);
  });

  it.each(['', '0700000012', 'tel +2250700000012', '2250700000012', '+0700000012', '+225', '+22507000000120000', '+225 awa'])(
    '%s is reached nowhere: it does not say in which country, or is none',
    (written) => {
      expect(internationalNumber(written)).toBeUndefined();
    },
  );
});

describe('what is told of a tache', () => {
  it('is that it waits, is validated or has failed, and nothing else', () => {
    const told = TACHE_STATES.flatMap((state) => noticeOf(aTache({ state, updatedAt: '2026-03-01T08:00:00.000000Z' }))?.event ?? []);
    expect(told).toEqual(['resultat', 'fin-validation', 'echec#2026-03-01T08:00:00.000000Z']);
  });

  it('is told as it was: of the result of a tache that was validated meanwhile, that it waits', () => {
    const validation = { by: 'chef', at: '2026-03-02T08:00:00.000000Z', excluded: [] };
    const validated = aTache({ state: 'TERMINEE', outcome: anOutcome(), validation });
    expect(tacheAtEvent(validated, 'resultat')).toMatchObject({ state: 'ATTENTE' });
    expect(tacheAtEvent(validated, 'resultat')).not.toHaveProperty('validation');
  });

  it('is told as it was: that it is validated, once something came of it', () => {
    const { totals } = anOutcome();
    const begun = { by: 'chef', at: '2026-03-02T08:00:00.000000Z', excluded: [] };
    const result = { totals, reconciled: 1, notReconciled: 0, conflicts: 0, finishedAt: '2026-03-02T08:00:09.000000Z' };
    expect(tacheAtEvent(aTache({ state: 'VALIDEE', validation: begun }), 'fin-validation')).toBeUndefined();
    expect(tacheAtEvent(aTache({ state: 'ATTENTE' }), 'fin-validation')).toBeUndefined();
    expect(tacheAtEvent(aTache({ state: 'ECHEC', validation: { ...begun, result } }), 'fin-validation')).toMatchObject({ state: 'TERMINEE', validation: { result } });
  });

  it('is not told where it is no longer so: a failure that was overcome, or another failure', () => {
    expect(tacheAtEvent(aTache({ state: 'ENCOURS' }), 'echec#2026-03-01T08:00:00.000000Z')).toBeUndefined();
    expect(tacheAtEvent(aTache({ state: 'ECHEC' }), 'echec#2020-01-01T00:00:00.000000Z')).toBeUndefined();
    expect(tacheAtEvent(aTache({ state: 'ENCOURS' }), 'resultat')).toBeUndefined();
    expect(tacheAtEvent(aTache({ state: 'ECHEC' }), 'echec#2026-03-01T08:00:00.000000Z')).toMatchObject({ state: 'ECHEC' });
  });
});

it('each channel has the choice that was made for it', () => {
  const chosen = { states: ['ATTENTE'], scope: 'toutes' } as const;
  const all = {
    username: 'awa',
    mail: { ...chosen, address: '' },
    sms: { ...chosen, scope: 'mesTaches' },
    webhook: { ...chosen, url: 'https://a.example/', secret: 's' },
  } as const;
  expect(CHANNELS.map((channel) => choiceOf(all, channel))).toEqual([all.mail, all.sms, all.webhook]);
  expect(CHANNELS.map((channel) => choiceOf({ username: 'awa' }, channel))).toEqual([undefined, undefined, undefined]);
});
