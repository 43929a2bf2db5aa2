import { gzipSync } from 'node:zlib';
import { CFB } from 'xlsx';
import * as z from 'zod';
import { OPERATORS } from '../../lib/core/catalogue.ts';
import type { Operator } from '../../lib/core/operator.ts';
import { generateDay } from '../../lib/local/sample/generated-day.ts';
import type { Random } from '../../lib/local/sample/random.ts';
import { workbookEntries } from '../files/workbook-bytes.ts';
import { zipBytes } from '../files/zip-bytes.ts';
import { csv } from '../fixtures/csv-file.ts';
import { jsonArray, ndjson } from '../fixtures/json-file.ts';
import { ledgerTable } from '../fixtures/ledger-table.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { RICH_OPERATORS } from '../fixtures/rich-operators.ts';
import { ALL_DISORDER, statementTable } from '../fixtures/statement-table.ts';
import { type TableRow, textRow } from '../fixtures/table.ts';
import { archiveBytes, xlsBytes } from '../fixtures/xls-file.ts';
import { xlsxBytes } from '../fixtures/xlsx-file.ts';
import { SharedTexts, sheetXml } from '../fixtures/xlsx-sheet.ts';
import { mutatedBytes, mutatedValue, nastyText } from './mutations.ts';

/** A file, and the operator whose statement it would be. */
export interface StatementInput {
  readonly operator: Operator;
  readonly bytes: Buffer;
  /** The ledger of the same day, whole. */
  readonly ledger: readonly TableRow[];
  /** How it was made, for whoever looks for a failure. */
  readonly made: string;
}

/** Almost every wrong byte of a zip file is found by its checksum: what lies within is tried more often. */
const ZIPPED = /xlsx|xlsb|ods/u;
const CODES = OPERATORS.map(({ code }) => code);
const text = (parts: Iterable<string>) => [...parts].join('');

/** A generated statement with damage in its cells, its structure, its parts or its bytes. */
export async function statementInput(random: Random): Promise<StatementInput> {
  const [first = 'OMCI', ...codes] = CODES;
  const operator = random.chance(0.3) ? (RICH_OPERATORS[random.below(RICH_OPERATORS.length)] ?? operatorNamed(first)) : operatorNamed(random.pick([first, ...codes]));
  const day = generateDay(operator, { rows: random.between(1, 25), seed: random.below(1_000) });
  const rows = [...statementTable(day, random.chance(0.5) ? ALL_DISORDER : {}, random.below(100))];
  const table = random.chance(0.6) ? damagedTable(random, rows) : rows;
  const [made, bytes] = await written(random, table, [...day.statement()]);
  const ledger = [...ledgerTable(day.ledger())];
  return { operator, ledger, made: `${operator.code} ${made}`, bytes: damagedFile(random, made, bytes) };
}

/** A ledger export with the same kinds of damage. */
export async function ledgerInput(random: Random): Promise<Pick<StatementInput, 'bytes' | 'made'>> {
  const day = generateDay(operatorNamed('OMCI'), { rows: random.between(1, 25), seed: random.below(1_000) });
  const rows = [...ledgerTable(day.ledger())];
  const [made, bytes] = await written(random, random.chance(0.6) ? damagedTable(random, rows) : rows, [...day.ledger()]);
  return { made: `ledger as ${made}`, bytes: damagedFile(random, made, bytes) };
}

function written(random: Random, table: readonly TableRow[], objects: readonly object[]): Promise<readonly [string, Uint8Array | string]> {
  return random.pick<() => Promise<readonly [string, Uint8Array | string]>>([
    async () => ['csv', text(csv(table, { delimiter: random.pick([',', ';', '\t', '|']), newline: random.pick(['\n', '\r\n']), byteOrderMark: random.chance(0.3) }))],
    async () => ['csv in Windows-1252', Buffer.from(text(csv(table, { delimiter: ';' })), 'latin1')],
    async () => ['csv in UTF-16', Buffer.from(`\ufeff${text(csv(table, { delimiter: ';' }))}`, 'utf16le')],
    async () => ['json', JSON.stringify(random.chance(0.7) ? mutatedValue(random, objects) : { Feuil1: objects }) ?? 'null'],
    async () => ['json array', text(jsonArray(objects))],
    async () => ['json lines', text(ndjson(objects))],
    async () => ['json in a string', JSON.stringify(JSON.stringify(objects))],
    async () => ['xlsx', await xlsxBytes(table, { texts: random.pick(['shared', 'inline']) })],
    async () => ['xlsx with damaged parts', await damagedWorkbook(random, table)],
    async () => ['xls', xlsBytes(table)],
    async () => ['xlsb', archiveBytes('xlsb', table)],
    async () => ['xlsb with damaged parts', await damagedArchive(random, archiveBytes('xlsb', table))],
    async () => ['ods', archiveBytes('ods', table)],
    async () => ['ods with damaged parts', await damagedArchive(random, archiveBytes('ods', table))],
  ])();
}

function damagedFile(random: Random, made: string, bytes: Uint8Array | string): Buffer {
  const whole = Buffer.from(bytes);
  const packed = random.chance(0.08) ? gzipSync(whole) : whole;
  return random.chance(ZIPPED.test(made) ? 0.15 : 0.6) ? mutatedBytes(random, packed) : packed;
}

function damagedTable(random: Random, rows: readonly TableRow[]): readonly TableRow[] {
  const at = random.below(Math.max(1, rows.length));
  return rows.flatMap((row, index): readonly TableRow[] => {
    if (index !== at && random.chance(0.9)) return [row];
    const cell = random.below(Math.max(1, row.length));
    return random.pick<() => readonly TableRow[]>([
      () => [row.map((value, position) => (position === cell ? nastyText(random) : value))],
      () => [row.map((value, position) => (position === cell ? random.pick([null, true, 0, -1, 1e21, 44_927.5, 2_958_466, -1e10]) : value))],
      () => [row.filter((_, position) => position !== cell)],
      () => [[...row, ...row]],
      () => [row, row],
      () => [],
      () => [[]],
    ])();
  });
}

const archive = z.object({ FullPaths: z.array(z.string()), FileIndex: z.array(z.object({ content: z.instanceof(Uint8Array).optional() })) });

/** One part of an archive of another kind is damaged, within checksums that are right. */
async function damagedArchive(random: Random, whole: Uint8Array): Promise<Buffer> {
  const { FullPaths, FileIndex } = archive.parse(CFB.read(Buffer.from(whole), { type: 'buffer' }));
  const parts = FullPaths.flatMap((path, index): readonly (readonly [string, Buffer])[] => {
    const content = FileIndex[index]?.content;
    return content === undefined || path.endsWith('/') ? [] : [[path.replace(/^Root Entry\//u, ''), Buffer.from(content)]];
  });
  const at = random.below(parts.length);
  const damaged = parts.flatMap(([name, content], index): readonly (readonly [string, Buffer])[] =>
    index !== at ? [[name, content]] : random.chance(0.15) ? [] : [[name, mutatedBytes(random, content)]],
  );
  return zipBytes(Object.fromEntries(damaged), random.chance(0.5));
}

/** Its checksums are right: what is wrong lies within. */
async function damagedWorkbook(random: Random, table: readonly TableRow[]): Promise<Buffer> {
  const shared = new SharedTexts();
  const rows = text(sheetXml(table.map(textRow), shared));
  const entries = Object.entries({
    ...workbookEntries({ sheets: { sheet1: rows }, others: {} }),
    'xl/sharedStrings.xml': text(shared.xml()),
  });
  const at = random.below(entries.length);
  const damaged = entries.flatMap(([name, xml], index): readonly (readonly [string, string | Uint8Array])[] => {
    if (index !== at) return [[name, xml]];
    return random.pick<() => readonly (readonly [string, string | Uint8Array])[]>([
      () => [[name, mutatedBytes(random, Buffer.from(xml))]],
      () => [[name, mutatedBytes(random, Buffer.from(xml))]],
      () => [[name, xml.replaceAll(/<(\/?)(\w)/gu, '<$1x:$2')]],
      () => [[name, xml.replace(/<[a-z]+ /u, '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>$&')]],
      () => [[name, xml.replaceAll(/\d+/gu, (digits) => (random.chance(0.05) ? random.pick(['0', '-1', '1048577', '99999999999', '', 'x']) : digits))]],
      () => [],
      () => [[name.toUpperCase(), xml]],
    ])();
  });
  return zipBytes(Object.fromEntries(damaged), random.chance(0.5));
}
