import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { csvExport } from '../../lib/exports/csv-export.ts';
import { workbookExport } from '../../lib/exports/workbook-export.ts';
import { paid } from '../core/ledger-rows.ts';
import { aResult, bytesOf, matchedWorld, ROWS } from './a-result.ts';

/** A second of a day is no whole fraction of it: that each is shown is not a matter of course. */
const SECONDS = Array.from({ length: 2_000 }, (_, index) => paid(index * 7, { Référence: `S${index}` }));

/** Semicolons, quotes, UTF-8, cells as they are formatted, every sheet in a file of its own. */
const EVERY_SHEET = 'csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,false,true,false,false,-1';

function isInstalled(): boolean {
  try {
    execFileSync('soffice', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!isInstalled())('LibreOffice', () => {
  it('opens the workbook and shows of every row what the table holds', async () => {
    const { subject, lines } = await aResult(await matchedWorld([...ROWS, ...SECONDS]));
    const folder = await mkdtemp(join(tmpdir(), 'bureau-'));
    try {
      await writeFile(join(folder, 'export.xlsx'), await bytesOf(workbookExport(subject, lines())));
      const options = [`-env:UserInstallation=file://${folder}/profil`, '--headless', '--convert-to', EVERY_SHEET, '--outdir', folder, join(folder, 'export.xlsx')];
      // It names the files after the sheets, in the letters of its locale.
      await promisify(execFile)('soffice', options, { env: { ...process.env, LC_ALL: 'C.UTF-8' } });
      const sheet = async (name: string): Promise<readonly Record<string, string>[]> =>
        parse(await readFile(join(folder, `export-${name}.csv`), 'utf8'), { bom: true, columns: true, delimiter: ';' });
      const table: readonly Record<string, string>[] = parse(await bytesOf(csvExport(subject, lines())), { bom: true, columns: true, delimiter: ';' });
      const shown = (await Promise.all(['Rapprochées', 'Correspondants', 'Sans correspondant', 'Anomalies', 'Mises de côté', 'Lignes en erreur'].map(sheet))).flat();
      expect(shown).toHaveLength(table.length);
      for (const [index, row] of shown.entries()) {
        const same = Object.fromEntries(Object.keys(row).map((header) => [header, plain(header, table[index]?.[header] ?? '')]));
        expect(row).toEqual(same);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 120_000);
});

/** A value of the table as a sheet shows it. */
function plain(header: string, value: string): string {
  const [, year, month, day, time] = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}:\d{2}:\d{2})$/u.exec(value) ?? [];
  if (year !== undefined) return `${day}/${month}/${year} ${time}`;
  if (/^(?:Montant (?:opérateur|CinetPay)|Écart)/u.test(header) && /^-?\d{4}$/u.test(value)) return value.replace(/(\d)(\d{3})$/u, '$1,$2');
  return value.replace(/^'(?=[=+\-@])/u, '');
}
