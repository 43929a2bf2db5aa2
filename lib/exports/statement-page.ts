import { PDFDocument, type PDFFont, type PDFPage, rgb, StandardFonts } from '@cantoo/pdf-lib';
import { amountText, MINOR_DIGITS } from '../core/money.ts';
import type { ExportSubject } from './export-subject.ts';
import { frenchNumber } from './french-number.ts';
import { fitted, showable } from './pdf-text.ts';
import { localClock } from './shown-moment.ts';
import { type FigureRow, summaryOf } from './summary.ts';

/** A4 in points. */
const PAGE = { width: 595.28, height: 841.89 } as const;
const MARGIN = 48;
const WIDTH = PAGE.width - 2 * MARGIN;
const LINE = 14.5;
const TEXT_SIZE = 9.5;
const SMALLEST_SIZE = 6.5;
const LABEL_WIDTH = 108;
const COUNT_WIDTH = 70;
const AMOUNT_WIDTH = 130;
const SIGNERS = ['Établi par', 'Vérifié par', 'Approuvé par'] as const;
const DARK = rgb(0.122, 0.306, 0.373);
const GREY = rgb(0.45, 0.45, 0.45);
const PALE = rgb(0.93, 0.95, 0.96);

/** The reconciliation on one page, with places to sign. */
export async function statementPage(subject: ExportSubject): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const { tache, madeAt } = subject;
  const summary = summaryOf(subject, localClock(subject.timeZone));
  document.setTitle(summary.title);
  document.setLanguage('fr-FR');
  document.setCreationDate(new Date(madeAt));
  document.setModificationDate(new Date(madeAt));
  const pen = new Pen(document.addPage([PAGE.width, PAGE.height]), await document.embedFont(StandardFonts.Helvetica), await document.embedFont(StandardFonts.HelveticaBold));
  const digits = MINOR_DIGITS[tache.currency];
  const figure = (row: FigureRow, bold = false) => pen.figures(row.label, frenchNumber(amountText(row.amount, digits)), frenchNumber(String(row.count)), bold);
  const block = (title: string, rows: readonly FigureRow[]) => {
    pen.heading(title, `Montant (${tache.currency})`, 'Nombre');
    for (const [index, row] of rows.entries()) figure(row, index === rows.length - 1);
    pen.gap();
  };
  pen.title('État de rapprochement', summary.title);
  for (const [label, text] of summary.facts) pen.fact(label, text);
  pen.gap();
  block('Totaux', summary.totals);
  pen.heading("Passage : d'où vient l'écart", `Montant (${tache.currency})`, 'Nombre');
  for (const row of summary.bridge) figure(row);
  figure(summary.bridgeSum, true);
  figure(summary.residual);
  pen.gap();
  if (summary.after.length > 0) block('Totaux après validation', summary.after);
  pen.counts(summary.counts.map(([label, count]) => `${label} : ${frenchNumber(String(count))}`));
  pen.signatures();
  return document.save();
}

/** Writes from the top of a page to its bottom. */
class Pen {
  readonly #page: PDFPage;
  readonly #font: PDFFont;
  readonly #bold: PDFFont;
  #y = PAGE.height - MARGIN;

  constructor(page: PDFPage, font: PDFFont, bold: PDFFont) {
    this.#page = page;
    this.#font = font;
    this.#bold = bold;
  }

  title(kind: string, title: string): void {
    this.#y -= 10;
    this.#write(kind.toUpperCase(), MARGIN, WIDTH, { font: this.#bold, size: 9, color: GREY });
    this.#y -= 22;
    this.#write(title, MARGIN, WIDTH, { font: this.#bold, size: 17, color: DARK });
    this.#y -= 10;
    this.#page.drawLine({ start: { x: MARGIN, y: this.#y }, end: { x: MARGIN + WIDTH, y: this.#y }, thickness: 1.2, color: DARK });
    this.#y -= 18;
  }

  fact(label: string, text: string): void {
    this.#write(label, MARGIN, LABEL_WIDTH, { color: GREY });
    this.#write(text, MARGIN + LABEL_WIDTH, WIDTH - LABEL_WIDTH);
    this.#y -= LINE;
  }

  heading(title: string, amount: string, count: string): void {
    this.#page.drawRectangle({ x: MARGIN, y: this.#y - 4, width: WIDTH, height: LINE + 1, color: DARK });
    this.#cells(title, amount, count, { font: this.#bold, color: rgb(1, 1, 1) });
    this.#y -= LINE + 3;
  }

  figures(label: string, amount: string, count: string, bold: boolean): void {
    if (bold) this.#page.drawRectangle({ x: MARGIN, y: this.#y - 4, width: WIDTH, height: LINE, color: PALE });
    this.#cells(label, amount, count, { font: bold ? this.#bold : this.#font });
    this.#y -= LINE;
  }

  /** Small print, two to a line. */
  counts(texts: readonly string[]): void {
    for (let index = 0; index < texts.length; index += 2) {
      this.#write(texts[index] ?? '', MARGIN, WIDTH / 2, { size: 8.5, color: GREY });
      this.#write(texts[index + 1] ?? '', MARGIN + WIDTH / 2, WIDTH / 2, { size: 8.5, color: GREY });
      this.#y -= 12;
    }
  }

  gap(): void {
    this.#y -= 10;
  }

  /** At the foot of the page, wherever the rest ends. */
  signatures(): void {
    const gap = 14;
    const width = (WIDTH - gap * (SIGNERS.length - 1)) / SIGNERS.length;
    const height = 92;
    for (const [index, signer] of SIGNERS.entries()) {
      const x = MARGIN + index * (width + gap);
      this.#page.drawRectangle({ x, y: MARGIN, width, height, borderColor: GREY, borderWidth: 0.7 });
      this.#y = MARGIN + height - 14;
      this.#write(signer, x + 8, width - 16, { font: this.#bold });
      for (const line of ['Nom :', 'Date :', 'Signature :']) {
        this.#y -= 15;
        this.#write(line, x + 8, width - 16, { size: 8.5, color: GREY });
      }
    }
  }

  #cells(label: string, amount: string, count: string, style: Style): void {
    this.#write(label, MARGIN + 6, WIDTH - AMOUNT_WIDTH - COUNT_WIDTH - 12, style);
    this.#right(amount, MARGIN + WIDTH - COUNT_WIDTH, style);
    this.#right(count, MARGIN + WIDTH - 6, style);
  }

  #right(text: string, x: number, { font = this.#font, size = TEXT_SIZE, color }: Style): void {
    const shown = fitted(text, font, size, AMOUNT_WIDTH);
    this.#page.drawText(shown, { x: x - font.widthOfTextAtSize(shown, size), y: this.#y, size, font, ...(color && { color }) });
  }

  /** Smaller where it is too long, and cut off where that does not help. */
  #write(text: string, x: number, width: number, { font = this.#font, size = TEXT_SIZE, color }: Style = {}): void {
    const needed = font.widthOfTextAtSize(showable(text, font), size);
    const smaller = Math.max(SMALLEST_SIZE, Math.min(size, (size * width) / Math.max(needed, 1)));
    this.#page.drawText(fitted(text, font, smaller, width), { x, y: this.#y, size: smaller, font, ...(color && { color }) });
  }
}

interface Style {
  readonly font?: PDFFont;
  readonly size?: number;
  readonly color?: ReturnType<typeof rgb>;
}
