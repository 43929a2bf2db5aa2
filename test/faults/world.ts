import { OPERATORS } from '../../lib/core/catalogue.ts';
import type { Operator } from '../../lib/core/operator.ts';

/** What one run works on. Runs differ in their tag and their day only, which are of one length, so that what they come to can be compared byte for byte. */
export interface World {
  /** `W00042` */
  readonly tag: string;
  /** `YYYY-MM-DD`: no run sees the ledger rows of another. */
  readonly day: string;
}

const MODEL = 'DDVAMTNCI';
const FIRST_OPERATOR = 600_000;

export function operatorCode({ tag }: World): string {
  return `DDVA${tag}`;
}

/** Each run has an operator of its own: what one leaves open is not tried against what comes in another. */
export function operatorOf(at: World): Operator {
  const model = OPERATORS.find(({ code }) => code === MODEL);
  if (model === undefined) throw new Error(`no operator ${MODEL}`);
  const code = operatorCode(at);
  return { ...model, id: FIRST_OPERATOR + Number(at.tag.slice(1)), code, name: code, ledger: { ...model.ledger, paymentMethod: code } };
}

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2010, 0, 1);

export function world(index: number): World {
  return { tag: `W${String(index).padStart(5, '0')}`, day: new Date(FIRST_DAY + index * DAY_MS).toISOString().slice(0, 10) };
}

const twoDigits = (number: number) => String(number).padStart(2, '0');
const time = (index: number) => `${12 + Math.floor(index / 60)}:${twoDigits(index % 60)}:00`;
const phone = (index: number) => `05${10_000_000 + index}`;

function row({ tag, day }: World, index: number, changes: object = {}) {
  return {
    Date: `${day.split('-').toReversed().join('-')} ${time(index)}`,
    Identifiant: `${tag}-P${index}`,
    Statut: 'SUCCES',
    Montant: 1_000 + index,
    Numero: phone(index),
    Compte: '2250500000012',
    ...changes,
  };
}

function transaction(at: World, index: number, changes: object = {}) {
  const { tag, day } = at;
  return {
    created_at: `${day}T${time(index)}Z`,
    cpm_trans_id: `${tag}-T${index}`,
    cpm_amount: String(1_000 + index),
    cpm_currency: 'XOF',
    payment_method: operatorCode(at),
    marchand: 'DDVA',
    cel_phone_num: `225${phone(index)}`,
    cpm_trans_status: 'SUCCES',
    cpm_payid: `${tag}-P${index}`,
    ...changes,
  };
}

const FAILED = { cpm_trans_status: 'FAILED', cpm_payid: '' };
const CORRESPONDENTS = [10, 11, 12, 13] as const;

/** A statement with rows of every class. */
export function statement(at: World): readonly object[] {
  return [row(at, 0), row(at, 1), row(at, 2, { Montant: 7_777 }), row(at, 3), row(at, 3, { Date: row(at, 4).Date }), row(at, 5), ...CORRESPONDENTS.map((index) => row(at, index))];
}

/** The ledger that goes with it. */
export function transactions(at: World): readonly object[] {
  return [
    ...[0, 1, 2, 3].map((index) => transaction(at, index)),
    transaction(at, 6, { cpm_payid: `${at.tag}-P1` }),
    transaction(at, 7),
    ...CORRESPONDENTS.map((index) => transaction(at, index, FAILED)),
  ];
}

/** What another export of the same day says: one transaction has changed, one has moved, one is new, the others are known. */
export function laterTransactions(at: World): readonly object[] {
  return [
    ...transactions(at).slice(0, -2),
    transaction(at, 12, { ...FAILED, cpm_amount: '1500' }),
    transaction(at, 13, { ...FAILED, created_at: `${at.day}T13:00:00Z` }),
    transaction(at, 20),
  ];
}

/** One transaction as another export tells it: it pays another amount now, and no row of the statement explains it. */
export function changedTransactions(at: World): readonly object[] {
  return [transaction(at, 12, { ...FAILED, cpm_amount: '1500' })];
}

/** Another statement of the same day, whose rows say of the same payments that they were made, under references of its own. */
export function secondStatement(at: World): readonly object[] {
  return CORRESPONDENTS.map((index) => row(at, index, { Identifiant: `${at.tag}-S${index}` }));
}

/** A statement that leaves more open: rows whose transactions come late, come with another amount, come without a success, or never come. */
export function openStatement(at: World): readonly object[] {
  return [...statement(at), ...[30, 31, 32].map((index) => row(at, index))];
}

/** What comes late to the ledger: a success, one of another amount, one that fails, and that another was none after all. */
export function lateTransactions(at: World): readonly object[] {
  return [transaction(at, 5), transaction(at, 30, { cpm_amount: '1500' }), transaction(at, 31, FAILED), transaction(at, 7, FAILED)];
}

/** What comes on another statement of the same day: a success that was missing, a row that stays open, and a new one. */
export function nextStatement(at: World): readonly object[] {
  return [7, 32, 33].map((index) => row(at, index));
}

const FROM = 100;
const indices = (from: number, count: number) => Array.from({ length: count }, (_, step) => FROM + from + step);

/** A ledger of many transactions: 60 that failed, 30 that succeeded, and 30 of which the statement says nothing. */
export function manyTransactions(at: World): readonly object[] {
  return [...indices(0, 60).map((index) => transaction(at, index, FAILED)), ...indices(60, 60).map((index) => transaction(at, index))];
}

/** The statement that goes with it: all of the first 90 were paid, and 30 more of which the ledger says nothing. */
export function manyRows(at: World): readonly object[] {
  return [...indices(0, 90), ...indices(120, 30)].map((index) => row(at, index));
}

export function csvOf(rows: readonly object[]): string {
  const [first = {}] = rows;
  return `${Object.keys(first).join(',')}\n${rows.map((one) => Object.values(one).join(',')).join('\n')}\n`;
}
