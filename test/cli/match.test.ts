import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { generateDay } from '../../lib/local/sample/generated-day.ts';
import { csv } from '../fixtures/csv-file.ts';
import { expectedOutcome } from '../fixtures/expected-outcome.ts';
import { jsonArray, ndjson } from '../fixtures/json-file.ts';
import { ledgerTable } from '../fixtures/ledger-table.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { ALL_DISORDER, statementTable } from '../fixtures/statement-table.ts';
import { workedCases } from '../fixtures/worked-cases.ts';
import { xlsBytes } from '../fixtures/xls-file.ts';
import { xlsxBytes } from '../fixtures/xlsx-file.ts';

const PROGRAM = join(import.meta.dirname, '../../bin/reconcile.ts');
const folder = mkdtempSync(join(tmpdir(), 'reconcile-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function reconcile(...words: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM, ...words], (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }));
  });
}

function file(name: string, content: Uint8Array | string | Iterable<string>): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' || content instanceof Uint8Array ? content : [...content].join(''));
  return path;
}

const jsonOut = z.record(z.string(), z.unknown());
const day = generateDay(operatorNamed('OMCI'), { rows: 300, seed: 11 });
const expected = expectedOutcome(day);
const ledger = file('ledger.csv', csv(ledgerTable(day.ledger())));
const period = ['--debut', day.dateDebut, '--fin', day.dateFin];

describe('match --json', () => {
  it.each(workedCases().map((one) => [one.name, one] as const))(
    'gives the worked case %s: totals in minor units, every class, residual 0',
    async (name, { operateur, statement, ledger: rows, dateDebut, dateFin, expected: worked }) => {
      const bounds = [...(dateDebut === null ? [] : ['--debut', dateDebut]), ...(dateFin === null ? [] : ['--fin', dateFin])];
      const { code, out } = await reconcile(
        'match',
        '--json',
        '--operateur',
        operateur,
        '--statement',
        file(`${name}.json`, JSON.stringify(statement)),
        '--ledger',
        file(`${name}.ndjson`, ndjson(rows)),
        ...bounds,
      );
      const result = jsonOut.parse(JSON.parse(out));
      expect(code).toBe(0);
      expect(result['totaux']).toEqual(worked.totaux);
      expect(result['passage']).toMatchObject({ residu: 0, residuNombre: 0 });
      expect(sortedClasses(result['classes'])).toEqual(sortedClasses(worked.classes));
      expect(result['lignes']).toMatchObject({ lues: statement.length, mis_de_cote: worked.classes.mis_de_cote.length });
    },
  );

  it.each([
    ['json', async () => file('day.json', jsonArray(day.statement()))],
    ['csv with semicolons', async () => file('day.csv', csv(statementTable(day, ALL_DISORDER), { delimiter: ';', byteOrderMark: true }))],
    ['xlsx, shared texts', async () => file('day.xlsx', await xlsxBytes(statementTable(day, ALL_DISORDER)))],
    ['xlsx, inline texts, under an xls name', async () => file('day-inline.xls', await xlsxBytes(statementTable(day, ALL_DISORDER), { texts: 'inline' }))],
    ['xls', async () => file('day.xls', xlsBytes(statementTable(day, ALL_DISORDER)))],
  ])('reads the same day from %s', async (_, write) => {
    const { out } = await reconcile('match', '--json', '--operateur', 'OMCI', '--statement', await write(), '--ledger', ledger, ...period);
    const result = jsonOut.parse(JSON.parse(out));
    expect(result['totaux']).toEqual(expected.totaux);
    expect(sortedClasses(result['classes'])).toEqual(sortedClasses(expected.classes));
  });

  it.each([
    ['json', () => file('l.json', jsonArray(day.ledger()))],
    ['ndjson', () => file('l.ndjson', ndjson(day.ledger()))],
    ['xlsx', () => xlsxBytes(ledgerTable(day.ledger())).then((bytes) => file('l.xlsx', bytes))],
  ])('reads the ledger from %s', async (_, write) => {
    const { out } = await reconcile('match', '--json', '--operateur', 'OMCI', '--statement', file('s.json', jsonArray(day.statement())), '--ledger', await write(), ...period);
    expect(jsonOut.parse(JSON.parse(out))['totaux']).toEqual(expected.totaux);
  });
});

describe('match of what cannot be reconciled', () => {
  const refused = async (operator: string, statement: string, ledgerPath = ledger) => {
    const { code, out } = await reconcile('match', '--json', '--operateur', operator, '--statement', statement, '--ledger', ledgerPath);
    const answer: unknown = JSON.parse(out);
    return { code, answer };
  };
  const [first] = day.statement();

  it('is the contract’s body with its status, and exit code 1', async () => {
    expect(await refused('OMXX', file('a.json', '[]'))).toEqual({ code: 1, answer: { error: 404, operator: "doesn't exist" } });
    expect(await refused('OMCI', file('b.json', '[]'))).toEqual({ code: 1, answer: { error: 406, file: 'empty', 'problem to line ': [] } });
    expect(await refused('OMCI', file('c.csv', 'a,b\n1,2\n'))).toEqual({ code: 1, answer: { error: 406, file: 'the headers do not match' } });
    expect(await refused('OMCI', file('d.json', JSON.stringify([{ ...first, Crédit: 'mille' }])))).toEqual({
      code: 1,
      answer: { error: 406, file: 'empty', 'problem to line ': [0] },
    });
    expect(await refused('OMCI', file('e.json', JSON.stringify([{ ...first, 'Compte OM': '0799' }])))).toEqual({ code: 1, answer: { error: 406, operator: 'invalid' } });
  });

  it('says how to divide a statement of more than 1 GB, before it reads any of it', async () => {
    const large = file('large.csv', '');
    truncateSync(large, 1024 ** 3 + 1);
    const { code, err } = await reconcile('match', '--operateur', 'OMCI', '--statement', large, '--ledger', ledger);
    expect(code).toBe(1);
    expect(err).toMatch(/1 Go ou 10 000 000 de lignes.*Divisez-le par jour ou par période/u);
  });

  it('tells an unreadable statement from an unreadable ledger', async () => {
    const broken = file('broken.xlsx', (await xlsxBytes(statementTable(day))).subarray(0, 3_000));
    expect(await refused('OMCI', broken)).toMatchObject({ code: 1, answer: { error: 422, statement: 'unreadable' } });
    expect(await refused('OMCI', file('s2.json', jsonArray(day.statement())), broken)).toMatchObject({ code: 1, answer: { error: 422, ledger: 'unreadable' } });
    expect(await refused('OMCI', file('s3.json', jsonArray(day.statement())), file('x.csv', 'a,b\n1,2\n'))).toMatchObject({
      code: 1,
      answer: { error: 422, ledger: 'the headers do not match' },
    });
  });

  it('is exit code 2 with the usage where the call itself is wrong', async () => {
    for (const words of [[], ['rapprocher'], ['match'], ['match', '--operateur', 'OMCI', '--statement', '/nulle/part.csv', '--ledger', ledger], ['match', '--nimporte', 'quoi']]) {
      expect(await reconcile(...words)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Usage') });
    }
    expect(await reconcile('match', '--operateur', 'OMCI', '--statement', ledger, '--ledger', ledger, '--debut', 'hier')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--debut'),
    });
  });
});

describe('match for people', () => {
  it('shows figures, bridge and anomalies in French', async () => {
    const { code, out, err } = await reconcile('match', '--operateur', 'OMCI', '--statement', file('p.json', jsonArray(day.statement())), '--ledger', ledger, ...period);
    expect([code, err]).toEqual([0, '']);
    for (const text of ['montants en XOF', 'Opérateur', 'CinetPay', 'Passage', 'Résidu', 'Anomalies']) expect(out).toContain(text);
  });

  it('says which rows are bad, and why', async () => {
    const [row] = day.statement();
    const { code, err } = await reconcile('match', '--operateur', 'OMCI', '--statement', file('q.json', JSON.stringify([row, { ...row, Date: '32/01/2026' }])), '--ledger', ledger);
    expect(code).toBe(1);
    expect(err).toContain('ligne 1 (Date : ');
  });
});

function sortedClasses(classes: unknown) {
  const lists = z.record(z.string(), z.array(z.unknown())).parse(classes);
  return Object.fromEntries(Object.entries(lists).map(([name, items]) => [name, items.map((item) => JSON.stringify(item)).sort()]));
}
