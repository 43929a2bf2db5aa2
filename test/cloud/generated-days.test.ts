import { beforeAll, describe, expect, it } from 'vitest';
import { MINOR_DIGITS } from '../../lib/core/money.ts';
import { type GeneratedDay, generateDay } from '../../lib/local/sample/generated-day.ts';
import { csv } from '../fixtures/csv-file.ts';
import { foundOutcome } from '../fixtures/found-outcome.ts';
import { jsonArray } from '../fixtures/json-file.ts';
import { ledgerTable } from '../fixtures/ledger-table.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { sourceOfObjects } from '../fixtures/row-source.ts';
import { ALL_DISORDER, statementTable } from '../fixtures/statement-table.ts';
import { xlsBytes } from '../fixtures/xls-file.ts';
import { xlsxBytes } from '../fixtures/xlsx-file.ts';
import { finishedTache, objectText, postJson, putObject, tacheOfFile, tokenOf, until } from './cloud-client.ts';
import { resultClasses, sortedClasses } from './result-classes.ts';

const text = (parts: Iterable<string>) => [...parts].join('');

/** Every format that the drop folder takes, each as untidy as real exports are. */
const FORMATS = [
  ['OMCM', 'xlsx', (day: GeneratedDay) => xlsxBytes(statementTable(day, ALL_DISORDER))],
  ['OMRDC', 'inline.xlsx', (day: GeneratedDay) => xlsxBytes(statementTable(day, ALL_DISORDER), { texts: 'inline' })],
  ['MOOVTG', 'csv', async (day: GeneratedDay) => text(csv(statementTable(day, ALL_DISORDER), { delimiter: ';', byteOrderMark: true }))],
  ['MTNCM', 'xls', async (day: GeneratedDay) => xlsBytes(statementTable(day, ALL_DISORDER))],
  ['OMBF', 'json', async (day: GeneratedDay) => text(jsonArray(day.statement()))],
] as const;

/** What the same rows give offline, from objects; its own truth is held to an oracle elsewhere. Without bounds the period comes from the rows. */
const offline = (day: GeneratedDay) => foundOutcome(sourceOfObjects([...day.statement()]), sourceOfObjects([...day.ledger()]), day.operator, {});

describe('a generated day of 1,500 rows, dropped', () => {
  let token = '';
  beforeAll(async () => {
    token = await tokenOf('agent');
  });

  it.each(FORMATS)('of %s as %s comes to what its rows give offline', async (code, ending, write) => {
    const day = generateDay(operatorNamed(code), { rows: 1_500, seed: operatorNamed(code).id, date: '2026-04-15' });
    const expected = await offline(day);
    const transactions = [...day.ledger()];
    for (let start = 0; start < transactions.length; start += 1_000) await postJson('/cinetpay/', transactions.slice(start, start + 1_000), token);
    const fileName = `journée ${code}.${ending}`;
    await putObject(`depot/operateurs/${code}/${fileName}`, await write(day));
    const tache = await finishedTache(await tacheOfFile(fileName));
    const scale = 10 ** MINOR_DIGITS[operatorNamed(code).currency];
    expect(tache).toMatchObject({ etat: 'ATTENTE', countOperator: expected.totaux.countOperator, diffCount: expected.totaux.diffCount });
    expect(tache.diffMontant).toBe(expected.totaux.diffMontant / scale);
    expect(sortedClasses(await resultClasses(tache.id))).toEqual(sortedClasses(expected.classes));
  });

  it('has its ledger from the drop folder too', async () => {
    const day = generateDay(operatorNamed('FREESN'), { rows: 1_500, seed: 99, date: '2026-04-16' });
    await putObject('depot/cinetpay/free-sn.csv', text(csv(ledgerTable(day.ledger()))));
    const receipt = await until('the receipt of the ledger', () => objectText('depot/recus/cinetpay/free-sn.csv.rapport.json'));
    expect(JSON.parse(receipt)).toMatchObject({ fichier: 'depot/cinetpay/free-sn.csv', recus: [...day.ledger()].length, rejets: 0 });
    await putObject('depot/operateurs/FREESN/free-sn.csv', text(csv(statementTable(day))));
    const tache = await finishedTache(await tacheOfFile('free-sn.csv'));
    expect(sortedClasses(await resultClasses(tache.id))).toEqual(sortedClasses((await offline(day)).classes));
  });
});
