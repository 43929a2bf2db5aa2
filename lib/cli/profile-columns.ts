import { accountOf } from '../core/account.ts';
import { MINOR_DIGITS, readAmount } from '../core/money.ts';
import { COLUMN_ROLES, type ColumnRole, type Operator } from '../core/operator.ts';
import type { Cell } from '../core/rows.ts';
import { guessMoment, type MomentGuess } from './profile-dates.ts';
import { guessPhones, type PhoneGuess } from './profile-phones.ts';
import type { SurveyedColumn } from './profile-survey.ts';
import { directionMeaning, headerScore, statusMeaning } from './profile-words.ts';

/** A column and what its cells could be. */
export interface JudgedColumn extends SurveyedColumn {
  readonly moment: MomentGuess | undefined;
  readonly phones: PhoneGuess | undefined;
  /** Share of the cells that are amounts, `-` included, and how many of them are negative. */
  readonly amounts: { readonly share: number; readonly negative: number };
  /** Different values for each cell, 0–1. */
  readonly variety: number;
}

/** What each column is probably for. */
export interface GuessedColumns {
  readonly columns: readonly JudgedColumn[];
  readonly roles: ReadonlyMap<ColumnRole, JudgedColumn>;
}

/** Two digits: a wrong guess of the currency should not make an amount unreadable. */
const DIGITS = MINOR_DIGITS.USD;
const LEAST_SCORE = 5;
const MOST_STATUSES = 20;
const MOST_TYPES = 40;
const MOSTLY = 0.9;
/** A reference occurs again where a payment was tried again. */
const SOME = 0.5;

/** @param operator whose account is looked for, where one is named */
export function guessColumns(surveyed: readonly SurveyedColumn[], operator?: Operator): GuessedColumns {
  const columns = surveyed.map(judged);
  const scores = columns
    .flatMap((column) => COLUMN_ROLES.map((role) => ({ role, column, score: scoreOf(role, column, operator) })))
    .filter(({ score }) => score >= LEAST_SCORE)
    .sort((one, other) => other.score - one.score || one.column.index - other.column.index);
  const roles = new Map<ColumnRole, JudgedColumn>();
  const taken = new Set<JudgedColumn>();
  for (const { role, column } of scores) {
    if (roles.has(role) || taken.has(column)) continue;
    // A time of its own goes with a date only.
    if (role === 'time' && roles.get('date')?.moment?.purpose === 'moment') continue;
    roles.set(role, column);
    taken.add(column);
  }
  if (roles.get('date')?.moment?.purpose === 'moment') roles.delete('time');
  return { columns, roles };
}

function judged(column: SurveyedColumn): JudgedColumn {
  const { sample, counts } = column;
  const readings = sample.map((cell) => readAmount(cell, DIGITS));
  const amounts = readings.filter(({ kind }) => kind === 'amount' || kind === 'none').length;
  const negative = readings.filter((reading) => reading.kind === 'amount' && reading.minor < 0).length;
  return {
    ...column,
    moment: guessMoment(sample),
    phones: guessPhones(sample),
    amounts: { share: sample.length === 0 ? 0 : amounts / sample.length, negative },
    variety: sample.length === 0 ? 0 : new Set(sample.map(String)).size / sample.length || counts.size,
  };
}

/** 3 or 6 for the header, 2 to 8 for the cells; 0 where the cells speak against it. */
function scoreOf(role: ColumnRole, column: JudgedColumn, operator: Operator | undefined): number {
  if (column.filled === 0) return 0;
  const cells = cellScore(role, column, operator);
  return cells === 0 ? 0 : cells + headerScore(column.name, role);
}

function cellScore(role: ColumnRole, column: JudgedColumn, operator: Operator | undefined): number {
  const { moment, phones, amounts, variety, counts, sample } = column;
  const isMoment = moment !== undefined && moment.serialShare === 0;
  const isPhone = phones !== undefined && phones.share >= MOSTLY && averageDigits(sample) >= 8;
  switch (role) {
    case 'date':
      if (moment === undefined || moment.purpose === 'time') return 0;
      return moment.serialShare === 1 ? 2 : moment.purpose === 'moment' ? 6 : 5;
    case 'time':
      return moment?.purpose === 'time' ? (moment.serialShare === 1 ? 2 : 5) : 0;
    case 'debit':
      if (saysDirection(column)) return 8;
      return cellScore('amount', column, operator) === 0 || headerScore(column.name, role) === 0 ? 0 : 3;
    case 'amount':
      // Without a word for it no column of numbers is taken for the money.
      return amounts.share < MOSTLY || isMoment || (headerScore(column.name, 'amount') === 0 && headerScore(column.name, 'debit') === 0) ? 0 : isPhone ? 1 : 3;
    case 'phone':
      return phones === undefined || phones.share < 0.7 || isMoment ? 0 : (phones.certain ? 5 : 3) + (variety > 0.2 ? 1 : 0);
    case 'account':
      if (operator !== undefined && shareOfAccount(sample, operator) >= 0.5) return 8;
      return isMoment || topShare(column) < 0.8 || headerScore(column.name, role) === 0 ? 0 : 3;
    case 'status':
      if (isMoment || counts.size > MOST_STATUSES) return 0;
      return knownStatusShare(column) >= 0.5 ? 5 : 2;
    case 'type':
      return counts.size > MOST_TYPES || counts.size === 0 || headerScore(column.name, role) === 0 || isMoment ? 0 : 2;
    case 'payid':
      return isMoment || isPhone || variety < SOME || !sample.some((cell) => /\d/u.test(String(cell))) ? 0 : headerScore(column.name, 'transId') > 0 ? 1 : 3;
    case 'transId':
      return headerScore(column.name, role) === 0 || variety < SOME ? 0 : 3;
    default:
      return role satisfies never;
  }
}

/** Whether every cell is a word for money that comes in or goes out, and both occur. */
export function saysDirection({ counts }: SurveyedColumn): boolean {
  const meanings = new Set(Array.from(counts.keys(), directionMeaning));
  return meanings.has('credit') && meanings.has('debit') && meanings.size === 2;
}

function averageDigits(sample: readonly Cell[]): number {
  return sample.reduce((sum: number, cell) => sum + String(cell).replace(/\D/gu, '').length, 0) / Math.max(1, sample.length);
}

function topShare({ counts, filled }: SurveyedColumn): number {
  return Math.max(0, ...counts.values()) / Math.max(1, filled);
}

function shareOfAccount(sample: readonly Cell[], { account, country }: Operator): number {
  const wanted = accountOf(account, country);
  return sample.filter((cell) => accountOf(String(cell), country) === wanted).length / Math.max(1, sample.length);
}

function knownStatusShare({ counts }: SurveyedColumn): number {
  let known = 0;
  let all = 0;
  for (const [word, count] of counts) {
    all += count;
    if (statusMeaning(word) !== 'unknown') known += count;
  }
  return known / Math.max(1, all);
}
