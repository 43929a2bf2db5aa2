import { inflateSync } from 'node:zlib';
import { PDFDocument, PDFRawStream } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import type { ExportSubject } from '../../lib/exports/export-subject.ts';
import { frenchNumber } from '../../lib/exports/french-number.ts';
import { statementPage } from '../../lib/exports/statement-page.ts';
import { aResult, matchedWorld } from './a-result.ts';

async function pageOf(changes: Partial<ExportSubject> = {}): Promise<{ readonly pages: number; readonly texts: readonly string[] }> {
  const { subject } = await aResult(await matchedWorld(), changes);
  const document = await PDFDocument.load(await statementPage(subject));
  const streams = document.context.enumerateIndirectObjects().flatMap(([, object]) => (object instanceof PDFRawStream ? [inflateSync(object.contents).toString('latin1')] : []));
  const texts = streams.flatMap((stream) =>
    Array.from(stream.matchAll(/<([0-9A-F]*)> Tj/gu), ([, hex = '']) => new TextDecoder('windows-1252').decode(Buffer.from(hex, 'hex')).replaceAll('\u00a0', ' ')),
  );
  return { pages: document.getPageCount(), texts };
}

const VALIDATED = { by: 'fatou', at: '2026-03-08T06:30:00.000000Z', excluded: [2] };

describe('the statement to sign', () => {
  it('is one page with the operator, the file, the period, who and when', async () => {
    const { pages, texts } = await pageOf();
    expect(pages).toBe(1);
    expect(texts).toEqual(
      expect.arrayContaining([
        'Rapprochement n° 1 — Orange Côte d’Ivoire',
        'relevé <mars> & "avril".csv',
        'du 07/03/2026 à 00:00:00 au 07/03/2026 à 23:59:00',
        'le 01/03/2026 à 08:00:00, de awa',
        'en attente de validation',
      ]),
    );
  });

  it('has the figures and the bridge with its residual', async () => {
    const { texts } = await pageOf();
    const figuresOf = (label: string) => texts.slice(texts.indexOf(label) + 1, texts.indexOf(label) + 3);
    expect(figuresOf("Total de l'opérateur")).toEqual(['20 900', '5']);
    expect(figuresOf('Total de CinetPay')).toEqual(['16 000', '4']);
    expect(figuresOf('Somme du passage')).toEqual(['4 900', '1']);
    expect(figuresOf('Résidu : écart que le passage n’explique pas')).toEqual(['0', '0']);
  });

  it('has three places to sign', async () => {
    const { texts } = await pageOf();
    expect(texts.filter((text) => ['Établi par', 'Vérifié par', 'Approuvé par', 'Signature :'].includes(text))).toHaveLength(6);
  });

  it('once validated says by whom, and the figures after it', async () => {
    const world = await matchedWorld();
    const totals = world.tache.outcome?.totals;
    if (totals === undefined) throw new Error('no result');
    const result = { totals: { ...totals, ledgerAmount: 21_000 }, reconciled: 1, notReconciled: 1, conflicts: 0, finishedAt: '2026-03-08T06:30:01.000000Z' };
    const { texts } = await pageOf({ tache: { ...world.tache, state: 'TERMINEE', validation: { ...VALIDATED, result } } });
    expect(texts).toEqual(expect.arrayContaining(['le 08/03/2026 à 06:30:00, par fatou', 'Totaux après validation', '21 000', 'validée']));
  });

  it('shows the whole hash of the journal', async () => {
    const hash = 'f'.repeat(64);
    expect((await pageOf({ journal: { entries: 3, hash } })).texts.some((text) => text.includes(hash))).toBe(true);
  });

  it('takes any text: what the font does not have is shown as ?, what is too long is cut', async () => {
    const world = await matchedWorld();
    const { pages, texts } = await pageOf({ operatorName: `Orange 🦁 ${'x'.repeat(500)}`, tache: { ...world.tache, fileName: `\u0001日本\n${'y'.repeat(900)}.csv` } });
    expect(pages).toBe(1);
    expect(texts.some((text) => text.startsWith('Rapprochement n° 1 — Orange ? xxx') && text.endsWith('…'))).toBe(true);
    expect(texts.some((text) => text.startsWith('??? yyy'))).toBe(true);
  });

  it.each([
    ['0', '0'],
    ['-1234567', '-1 234 567'],
    ['999', '999'],
    ['1234567.50', '1 234 567,50'],
  ])('writes %s as %s', (text, shown) => {
    expect(frenchNumber(text).replaceAll('\u00a0', ' ')).toBe(shown);
  });
});
