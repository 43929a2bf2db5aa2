import { describe, expect, it } from 'vitest';
import { withoutMojibake } from '../../lib/core/mojibake.ts';
import type { ColumnRole, ColumnSearch } from '../../lib/core/operator.ts';
import { requiredHeaders } from '../../lib/core/statement-header.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { orangeRow, readTable } from './reading.ts';

const orange = operatorNamed('OMCI');
const HEADER = Object.keys(orangeRow());
const GOOD = Object.values(orangeRow());
const searching = (search: { readonly [R in ColumnRole]?: ColumnSearch }) => operatorNamed('OMCI', { layout: { ...orange.layout, search } });

/** UTF-8 bytes read as Windows-1252, as many times as the text passes through a wrong program. */
function spoilt(text: string, times = 1): string {
  const once = new TextDecoder('windows-1252').decode(Buffer.from(text));
  return times === 1 ? once : spoilt(once, times - 1);
}

function amounts(operator: typeof orange, ...rows: Parameters<typeof readTable>[1]) {
  const reading = readTable(operator, rows);
  return reading.kind === 'rows' ? reading.rows.map(({ amount }) => amount) : reading;
}

describe('a column', () => {
  it('is found by any of the headers that operators give it', () => {
    const operator = searching({ amount: { otherHeaders: ['Montant crédité', 'Credit Amount'] }, payid: { otherHeaders: ['ID Transaction'] } });
    const renamed = HEADER.map((name) => (name === 'Crédit' ? 'CREDIT AMOUNT' : name === 'Référence' ? 'id transaction' : name));
    expect(amounts(operator, renamed, GOOD)).toEqual([5_000]);
    expect(amounts(operator, HEADER, GOOD)).toEqual([5_000]);
  });

  it('is missed by its first header, which is the one that the operator is known to send', () => {
    const operator = searching({ amount: { otherHeaders: ['Montant'] } });
    expect(amounts(operator, HEADER.slice(0, 4).concat(HEADER.slice(5)), GOOD)).toEqual({ kind: 'headers-missing', missing: ['Crédit'] });
    expect(requiredHeaders(operator)).toContain('Crédit');
  });

  it('may be the second of a name, or the sixteenth', () => {
    const others = Array.from({ length: 15 }, (_, index) => index);
    const header = ['Crédit', ...HEADER.filter((name) => name !== 'Crédit'), ...others.map(() => 'Crédit')];
    const row = [1_000, ...GOOD.filter((_, index) => HEADER[index] !== 'Crédit'), ...others.map((index) => 2_000 + index)];
    expect(amounts(orange, header, row)).toEqual([1_000]);
    expect(amounts(searching({ amount: { occurrence: 2 } }), header, row)).toEqual([2_000]);
    expect(amounts(searching({ amount: { occurrence: 16 } }), header, row)).toEqual([2_014]);
    expect(amounts(searching({ amount: { occurrence: 17 } }), header, row)).toEqual({ kind: 'headers-missing', missing: ['Crédit'] });
  });

  it.each([1, 2, 3])('is found where its header was UTF-8 and a program read it as Windows-1252, %i time(s)', (times) => {
    const header = HEADER.map((name) => spoilt(name, times));
    expect(header).not.toEqual(HEADER);
    expect(amounts(orange, header, GOOD, header, GOOD)).toEqual([5_000, 5_000]);
  });
});

describe('the texts of a statement', () => {
  const payids = (header: readonly string[], payid: string) => {
    const reading = readTable(orange, [header, GOOD.with(2, payid)]);
    return reading.kind === 'rows' ? reading.rows.map((row) => row.payid) : reading;
  };

  it('are repaired where its header was spoilt, and are what they are where it was not', () => {
    const spoiltHeader = HEADER.map((name) => spoilt(name));
    expect(payids(spoiltHeader, spoilt('Réf-1'))).toEqual(['Réf-1']);
    expect(payids(HEADER, spoilt('Réf-1'))).toEqual([spoilt('Réf-1')]);
  });

  it('are repaired all the same in a row that could not be read as it is', () => {
    expect(amounts(orange, HEADER, GOOD.with(4, spoilt('5\u00a0000')))).toEqual([5_000]);
  });
});

describe('text that a wrong program has spoilt', () => {
  it.each(['Référence', 'Numéro à créditer', 'Œuvre – 50 €', 'ÉCHOUÉ', 'Ça « va »', 'Ž ÿ Š'])('%s is repaired', (text) => {
    expect(withoutMojibake(spoilt(text))).toBe(text);
  });

  it('is repaired three times at most', () => {
    expect(withoutMojibake(spoilt('Référence', 4))).toBe(spoilt('Référence'));
  });

  it.each(['Référence', 'Ã', 'Âge', 'SÃO', 'plain', '', '残高 Ã©', 'ŁÃ©', 'ĀÃ©', '😀 Ã©'])('%s is left alone: it is sound, or nothing else', (text) => {
    expect(withoutMojibake(text)).toBe(text);
  });
});
