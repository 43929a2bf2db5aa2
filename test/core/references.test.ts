import { describe, expect, it } from 'vitest';
import { eachRepeatedText, SortedTexts } from '../../lib/core/sorted-texts.ts';
import { hashOf, TextColumn } from '../../lib/core/text-column.ts';
import { match, paid, transaction } from './ledger-rows.ts';
import { named } from './names.ts';

/** Two references that the engine's hash cannot tell apart. */
function collision(): readonly [string, string] {
  const seen = new Map<number, string>();
  for (let number = 0; ; number++) {
    const text = `PP${number}`;
    const hash = hashOf(Buffer.from(text), 0, text.length);
    const other = seen.get(hash);
    if (other !== undefined) return [other, text];
    seen.set(hash, text);
  }
}

describe('two different references of one hash', () => {
  const [one, other] = collision();

  it('match nothing of each other', () => {
    expect(named(match([paid(0, { Référence: one })], [transaction({ payid: other })]))).toEqual({ unexplained: [0], absent: ['T1'] });
  });

  it('each match their own', () => {
    const rows = [paid(0, { Référence: one }), paid(1, { Référence: other }), paid(2, { Référence: one })];
    const transactions = [transaction({ payid: other }), transaction({ transId: 'T2', payid: one }), transaction({ transId: 'T3', payid: other, amount: '1' })];
    expect(named(match(rows, transactions))).toEqual({ matched: ['0-T2', '1-T1'], statementDuplicates: [2], ledgerDuplicates: ['T3'] });
  });

  it('are no repetition', () => {
    const column = new TextColumn('hashed');
    for (const text of [one, other, 'x', other]) column.appendText(text);
    const found: (readonly number[])[] = [];
    eachRepeatedText(new SortedTexts(column), (rows) => found.push(rows));
    expect(found).toEqual([[1, 3]]);
  });
});
