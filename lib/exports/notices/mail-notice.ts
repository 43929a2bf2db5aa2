import { amountText, MINOR_DIGITS } from '../../core/money.ts';
import { frenchNumber } from '../french-number.ts';
import { localClock } from '../shown-moment.ts';
import { type FigureRow, type Summary, summaryOf } from '../summary.ts';
import { type NoticeSubject, oneLine, WHAT_HAPPENED } from './notice-subject.ts';

/** A message as it goes out, in French. */
export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A heading and the figures under it. */
type Block = readonly [string, readonly FigureRow[]];

const LONGEST_SUBJECT = 150;
const NEXT = {
  ATTENTE: 'La tâche attend sa validation : POST /update_reconciliation/{id}. Ses lignes : GET /details_taches/{id}.',
  TERMINEE: 'La validation est terminée. Le journal : GET /taches/{id}/journal.',
  ECHEC: 'Le relevé n’a pas pu être rapproché.',
} as const;
const WHY_YOU = 'Vous recevez ce message parce que vous l’avez choisi : PUT /profiles/{votre numéro}/avis le change.';

/** The e-mail of a notice: what happened, the six figures, and the bridge. */
export function mailNotice(subject: NoticeSubject): Mail {
  const { tache, operatorName } = subject;
  const title = oneLine(`Rapprochement n° ${tache.id} ${WHAT_HAPPENED[tache.state]} : ${operatorName}`);
  const summary = tache.outcome && summaryOf({ ...subject, tache, outcome: tache.outcome, journal: undefined }, localClock(subject.timeZone));
  const blocks = summary === undefined ? [] : blocksOf(summary);
  const facts = summary?.facts ?? [
    ['Opérateur', `${operatorName} (${tache.operatorCode})`],
    ['Fichier', tache.fileName],
  ];
  const lead = [NEXT[tache.state].replaceAll('{id}', String(tache.id)), ...(tache.description === '' ? [] : [tache.description])];
  const amount = ({ amount: minor }: FigureRow) => frenchNumber(amountText(minor, MINOR_DIGITS[tache.currency]));
  return {
    subject: Array.from(title).slice(0, LONGEST_SUBJECT).join(''),
    text: textOf(title, lead, facts, blocks, tache.currency, amount),
    html: htmlOf(title, lead, facts, blocks, tache.currency, amount),
  };
}

function blocksOf({ totals, bridge, bridgeSum, residual, after }: Summary): readonly Block[] {
  return [['Totaux', totals], ["Passage : d'où vient l'écart", [...bridge, bridgeSum, residual]], ...(after.length > 0 ? ([['Totaux après validation', after]] as const) : [])];
}

function textOf(title: string, lead: readonly string[], facts: Summary['facts'], blocks: readonly Block[], currency: string, amount: (row: FigureRow) => string): string {
  const shown = ([heading, rows]: Block) => [`${heading} (${currency}, nombre)`, ...rows.map((row) => `  ${row.label} : ${amount(row)} (${row.count})`), ''];
  return [title, '', ...lead.map(oneLine), '', ...facts.map(([label, text]) => `${label} : ${oneLine(text)}`), '', ...blocks.flatMap(shown), WHY_YOU, ''].join('\n');
}

function htmlOf(title: string, lead: readonly string[], facts: Summary['facts'], blocks: readonly Block[], currency: string, amount: (row: FigureRow) => string): string {
  const table = ([heading, rows]: Block) =>
    `<h2 style="font-size:15px">${escaped(heading)}</h2><table style="border-collapse:collapse"><tr><th></th><th style="${RIGHT}">Montant (${escaped(currency)})</th><th style="${RIGHT}">Nombre</th></tr>${rows
      .map((row) => `<tr><td style="${CELL}">${escaped(row.label)}</td><td style="${RIGHT}">${escaped(amount(row))}</td><td style="${RIGHT}">${row.count}</td></tr>`)
      .join('')}</table>`;
  const fact = ([label, text]: readonly [string, string]) => `<tr><td style="${CELL}color:#666">${escaped(label)}</td><td style="${CELL}">${escaped(text)}</td></tr>`;
  return [
    '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"></head><body style="font-family:sans-serif;font-size:14px;color:#222">',
    `<h1 style="font-size:18px">${escaped(title)}</h1>`,
    ...lead.map((line) => `<p>${escaped(line)}</p>`),
    `<table>${facts.map(fact).join('')}</table>`,
    ...blocks.map(table),
    `<p style="color:#666">${escaped(WHY_YOU)}</p></body></html>`,
  ].join('\n');
}

const CELL = 'padding:2px 8px;';
const RIGHT = `${CELL}text-align:right;white-space:nowrap`;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/gu, (sign) => ENTITIES[sign] ?? '');
}
