import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { csvExport } from '../../lib/exports/csv-export.ts';
import { csvLine } from '../../lib/files/csv-writer.ts';
import { aResult, bytesOf, HOSTILE, LONG_REFERENCE, matchedWorld } from './a-result.ts';

async function table(): Promise<{ readonly text: string; readonly rows: readonly Record<string, string>[] }> {
  const { subject, lines } = await aResult(await matchedWorld());
  const text = (await bytesOf(csvExport(subject, lines()))).toString('utf8');
  return { text, rows: parse(text, { bom: true, columns: true, delimiter: ';' }) };
}

describe('the table of a reconciliation', () => {
  it('is UTF-8 with a mark that says so, semicolons and line ends of Windows', async () => {
    const { text } = await table();
    expect(text.startsWith('\ufeffCode de classe;Classe;Motif;')).toBe(true);
    expect(
      text
        .split('\r\n')
        .slice(0, -1)
        .every((line) => !line.includes('\n')),
    ).toBe(true);
  });

  it('holds every row of the run with its class', async () => {
    const { rows } = await table();
    expect(rows.map((row) => row['Code de classe'])).toEqual([
      'rapproche',
      'correspondent',
      'not_correspondent',
      'montant_different',
      'doublon_operateur',
      'doublon_cinetpay',
      'absent_operateur',
      'mis_de_cote',
      'en_erreur',
    ]);
  });

  it('whose differences add up to that of the figures', async () => {
    const { subject } = await aResult(await matchedWorld());
    const { rows } = await table();
    expect(rows.reduce((sum, row) => sum + Number(row['Écart expliqué']), 0)).toBe(subject.outcome.totals.amountDifference);
  });

  it('keeps every digit, and lets nothing be run', async () => {
    const { rows } = await table();
    expect(rows[1]).toMatchObject({ 'Référence opérateur': LONG_REFERENCE, Téléphone: '0707000003', 'Transaction CinetPay': "'+T3", 'Date opérateur': '2026-03-07 12:01:40' });
    expect(rows[2]?.['Référence opérateur']).toBe(`'${HOSTILE}`);
    expect(rows[7]?.['Référence opérateur']).toBe("'@mise");
  });

  it('is not handed out where its lines are not those of the tache', async () => {
    const { subject, lines } = await aResult(await matchedWorld());
    const wrong = { ...subject, outcome: { ...subject.outcome, counts: { ...subject.outcome.counts, setAside: 2 } } };
    await expect(bytesOf(csvExport(wrong, lines()))).rejects.toThrow('mis_de_cote');
  });
});

describe('a cell of a CSV file', () => {
  it.each(['=1+1', '+225', '-5', '@x', '\tx', '\rx', '\nx', '＝1'])('that begins like %j is kept from being run', (text) => {
    expect(parse(csvLine([text]), { delimiter: ';' })).toEqual([[`'${text}`]]);
  });

  it.each(['a;b', 'say "x"', 'two\nlines', "l'eau", '5-3', 'a=b', ' =x'])('such as %j is read as it was', (text) => {
    expect(parse(csvLine([text, 'b']), { delimiter: ';' })).toEqual([[text, 'b']]);
  });

  it('that is a number of ours keeps its minus sign', () => {
    expect(csvLine([{ digits: '-500' }, undefined, 'x'])).toBe('-500;;x\r\n');
  });
});
