import { Candidates } from '../../../lib/core/candidates.ts';
import { secondsInstant } from '../../../lib/core/local-time.ts';
import { reconcile } from '../../../lib/core/matching.ts';
import { StatementRows } from '../../../lib/core/statement-rows.ts';
import { randomOf } from '../../../lib/local/sample/random.ts';
import { operatorNamed } from '../../fixtures/operator-named.ts';

/**
 * Matches so many rows with as many failed candidates, all of one amount: `equal` of one phone, `distinct` of as many phones as rows. Prints
 * the CPU seconds of the matching alone.
 */
const [, , kind = 'equal', count = '10000'] = process.argv;
const DAY = 86_400;
const MIDNIGHT = Date.UTC(2026, 2, 12) / 1_000;
const operator = operatorNamed('OMCI');
const random = randomOf(1, 1);
const rows = new StatementRows(operator.country);
const candidates = new Candidates(operator);
for (let number = 0; number < Number(count); number++) {
  const phone = `0707${String(kind === 'equal' ? 0 : number).padStart(6, '0')}`;
  const shown = { amount: '5000', phone, status: 'SUCCES', account: operator.account };
  rows.push({ number, time: MIDNIGHT + random.below(DAY), payid: `PP${number}`, amount: 5_000, phone: `225${phone}`, transId: '', shown });
  candidates.push({
    transId: `T${number}`,
    createdAt: secondsInstant(MIDNIGHT + random.below(DAY)),
    paymentDate: '',
    merchant: 'BOUTIQUE A',
    serviceName: 'SHOP',
    amount: '5000',
    paymentMethod: operator.ledger.paymentMethod,
    phone,
    status: 'FAILED',
    payid: '',
    custom: '',
  });
}
const before = process.cpuUsage();
const { classes } = reconcile(rows, candidates, { from: MIDNIGHT * 1e6, until: (MIDNIGHT + DAY) * 1e6 }, operator.marginMinutes);
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ correspondents: classes.correspondents.length, cpuSeconds: (user + system) / 1e6 }));
