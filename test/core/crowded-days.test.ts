import { describe, expect, it } from 'vitest';
import { OPERATORS } from '../../lib/core/catalogue.ts';
import type { Operator } from '../../lib/core/operator.ts';
import { type GeneratedDay, generateDay } from '../../lib/local/sample/generated-day.ts';
import { foundOutcome } from '../fixtures/found-outcome.ts';
import { sourceOfObjects } from '../fixtures/row-source.ts';
import { judge, type PlainRow, type PlainTransaction } from './oracle.ts';

const HOUR = 3_600;
const DAY_SECONDS = 24 * HOUR;
const MICROS = 1_000_000;
/** Seconds ahead of UTC, written down here so that the zone database is judged as well. */
const AHEAD: Readonly<Record<string, number>> = { 'Africa/Douala': HOUR, 'Africa/Kinshasa': HOUR };

/** What a day holds, from what it was made of rather than from how it is spelled. */
function truth({ timeZone, correspondenceKey }: Operator, day: GeneratedDay) {
  const ahead = AHEAD[timeZone] ?? 0;
  const keyOf = ({ phone, transId }: { readonly phone: string; readonly transId: string }) => (correspondenceKey === 'phone' ? phone : transId);
  const rows: PlainRow[] = [];
  const transactions: PlainTransaction[] = [];
  for (const { number, entry, ledger } of day.made()) {
    if (entry.credit) rows.push({ number, second: entry.wall - ahead, payid: entry.payid, amount: entry.amount, key: keyOf(entry) });
    for (const item of ledger) {
      if (!item.own) continue;
      const status = item.success ? 'SUCCES' : 'FAILED';
      transactions.push({ id: item.id, micros: item.wallMicros - ahead * MICROS, payid: item.payid ?? '', amount: item.amount, status, key: keyOf(item) });
    }
  }
  const first = (Date.parse(`${day.dateDebut}:00Z`) / 1_000 - ahead) * MICROS;
  return judge(rows, transactions, { first, last: first + DAY_SECONDS * MICROS - 1, marginMinutes: 60 });
}

describe('a day on which a few customers pay the same amounts within a minute', () => {
  it.each(OPERATORS)('of $code is reconciled, from the cells of both files on, as the rules say', async (operator) => {
    for (const seed of [1, 2, 3, 4]) {
      const day = generateDay(operator, { rows: 60, seed, crowded: true, shares: { correspondent: 0.2, unexplained: 0.2 } });
      const found = await foundOutcome(sourceOfObjects([...day.statement()]), sourceOfObjects([...day.ledger()]), operator, { start: day.dateDebut, end: day.dateFin });
      const { montantOperateur, montantCinetpay, countOperator, countCinetpay, limite, ambigu, ...classes } = truth(operator, day);
      expect(found.classes).toMatchObject(classes);
      expect({ limite: found.limite, ambigu: found.ambigu }).toEqual({ limite, ambigu });
      expect(found.totaux).toMatchObject({ montantOperateur, montantCinetpay, countOperator, countCinetpay });
    }
  });
});
