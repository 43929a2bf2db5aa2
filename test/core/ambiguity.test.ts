import { describe, expect, it } from 'vitest';
import { failed, match, paid } from './ledger-rows.ts';
import { named } from './names.ts';

const other = { Référence: 'PP2' };
const second = { transId: 'T2' };

describe('a pair is ambiguous', () => {
  it('where the row had another transaction as near, on the other side or in the same second', () => {
    expect(named(match([paid(0)], [failed(10), failed(-10, second)]))).toEqual({ correspondents: ['0-T1!'] });
    expect(named(match([paid(0)], [failed(10), failed(10.5, second)]))).toEqual({ correspondents: ['0-T1!'] });
  });

  it('where the transaction had another row as near', () => {
    expect(named(match([paid(-10), paid(10, other)], [failed(0)]))).toEqual({ correspondents: ['0-T1!'], unexplained: [1] });
  });

  it('where two equal payments meet two equal transactions: neither pair is certain', () => {
    expect(named(match([paid(0), paid(0, other)], [failed(5), failed(5, second)]))).toEqual({ correspondents: ['0-T1!', '1-T2!'] });
    expect(named(match([paid(0), paid(0, other)], [failed(0), failed(0, second)]))).toEqual({ correspondents: ['0-T1!', '1-T2!'] });
  });

  it('where an equally close pair has just taken the other choice', () => {
    expect(named(match([paid(0), paid(20, other)], [failed(10), failed(30, second)]))).toEqual({ correspondents: ['0-T1!', '1-T2!'] });
  });
});

describe('a pair is certain', () => {
  it('where every other choice was farther', () => {
    expect(named(match([paid(0)], [failed(10), failed(-11, second), failed(11, { transId: 'T3' })]))).toEqual({ correspondents: ['0-T1'] });
  });

  it('where the other choice as near had been taken by a closer row', () => {
    expect(named(match([paid(0), paid(9, other)], [failed(10), failed(-10, second)]))).toEqual({ correspondents: ['0-T2', '1-T1'] });
  });

  it('where another pair as close has nothing to do with it', () => {
    expect(named(match([paid(0), paid(60, other)], [failed(10), failed(70, second)]))).toEqual({ correspondents: ['0-T1', '1-T2'] });
    expect(named(match([paid(0), paid(30, other)], [failed(10), failed(20, second)]))).toEqual({ correspondents: ['0-T1', '1-T2'] });
  });
});
