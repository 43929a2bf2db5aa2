import type { Candidates } from './candidates.ts';
import { type FailedCandidate, type PayingRow, pairClosest } from './closest-pairs.ts';
import type { Candidate } from './ledger.ts';
import { type Listed, MadeList } from './listed.ts';
import { NONE, type NumberList } from './number-list.ts';
import { PairIndex } from './pair-index.ts';
import type { StatementRow, StatementRows } from './statement-rows.ts';

/** A statement row and the transaction, not successful in the ledger, that it shows to be paid. */
export interface Correspondence {
  readonly row: StatementRow;
  readonly candidate: Candidate;
  /** Another choice was equally close. */
  readonly ambiguous: boolean;
}

interface Explained {
  readonly correspondents: Listed<Correspondence>;
  readonly unexplained: Listed<StatementRow>;
}

/**
 * Pairs the rows left over with transactions that are not successes: same phone (or custom reference), same amount, closest in time.
 * @param left numbers of rows, ascending
 * @param failures numbers of candidates
 */
export function pairCorrespondents(rows: StatementRows, left: NumberList, candidates: Candidates, failures: NumberList): Explained {
  const pairing = new Pairing(rows, candidates);
  const groups = new Groups(rows, left, candidates, failures);
  for (let group = 0; group < groups.length; group++) {
    const { row, nextRow, candidate, nextCandidate } = groups.heads(group);
    if (candidate === NONE) continue;
    // Nearly all groups are one of each: nothing to choose.
    if (nextRow === NONE && nextCandidate === NONE) pairing.add(row, candidate, false);
    else if (nextRow === NONE) pairing.addClosest(row, groups.candidatesOf(group));
    else pairing.addAll(groups.rowsOf(group), groups.candidatesOf(group));
  }
  return pairing.explained(left);
}

/** Which candidate each row corresponds to. */
class Pairing {
  readonly #rows: StatementRows;
  readonly #candidates: Candidates;
  /** By row: its candidate plus one. */
  readonly #partners: Int32Array;
  readonly #ambiguous: Uint8Array;

  constructor(rows: StatementRows, candidates: Candidates) {
    this.#rows = rows;
    this.#candidates = candidates;
    this.#partners = new Int32Array(rows.length);
    this.#ambiguous = new Uint8Array(rows.length);
  }

  add(row: number, candidate: number, ambiguous: boolean): void {
    this.#partners[row] = candidate + 1;
    this.#ambiguous[row] = ambiguous ? 1 : 0;
  }

  /** Of several candidates for the only row of a group. */
  addClosest(row: number, candidates: readonly number[]): void {
    const all = this.#candidates;
    const time = this.#rows.time(row);
    let best = NONE;
    let equallyClose = 0;
    for (const candidate of candidates) {
      const nearer = best === NONE ? -1 : all.secondsFrom(candidate, time) - all.secondsFrom(best, time);
      equallyClose = nearer < 0 ? 1 : equallyClose + (nearer === 0 ? 1 : 0);
      if (nearer < 0 || (nearer === 0 && this.#isPreferred(candidate, best, time))) best = candidate;
    }
    this.add(row, best, equallyClose > 1);
  }

  /** Between two that are equally close: the one that comes after the row, then the earlier one. */
  #isPreferred(one: number, other: number, time: number): boolean {
    const isAfter = this.#candidates.second(one) >= time;
    if (isAfter !== this.#candidates.second(other) >= time) return isAfter;
    return this.#candidates.comesBefore(one, other);
  }

  addAll(rows: readonly number[], candidates: readonly number[]): void {
    const paying = rows.map((index) => new Paying(this.#rows, index));
    const failed = candidates.map((index) => new Failed(this.#candidates, index));
    for (const { row, candidate, ambiguous } of pairClosest(paying, failed)) this.add(row.index, candidate.index, ambiguous);
  }

  explained(left: NumberList): Explained {
    const correspondents = left.filter((row) => this.#partners[row] !== 0);
    const unexplained = left.filter((row) => this.#partners[row] === 0);
    return {
      correspondents: new MadeList(correspondents.length, (index) => {
        const row = correspondents.at(index);
        return { row: this.#rows.at(row), candidate: this.#candidates.at((this.#partners[row] ?? 0) - 1), ambiguous: this.#ambiguous[row] === 1 };
      }),
      unexplained: new MadeList(unexplained.length, (index) => this.#rows.at(unexplained.at(index))),
    };
  }
}

/** A row as pairing looks at it: its texts are made where times do not decide. */
class Paying implements PayingRow {
  readonly #rows: StatementRows;
  readonly index: number;
  readonly time: number;

  constructor(rows: StatementRows, index: number) {
    this.#rows = rows;
    this.index = index;
    this.time = rows.time(index);
  }

  get number(): number {
    return this.#rows.number(this.index);
  }

  get payid(): string {
    return this.#rows.payids.text(this.index);
  }
}

/** A candidate as pairing looks at it. */
class Failed implements FailedCandidate {
  readonly #candidates: Candidates;
  readonly index: number;
  readonly created: number;

  constructor(candidates: Candidates, index: number) {
    this.#candidates = candidates;
    this.index = index;
    this.created = candidates.created(index);
  }

  get transId(): string {
    return this.#candidates.transIds.text(this.index);
  }
}

/** Rows and candidates of one amount and phone (or custom reference), as linked lists. Only keys of rows make a group. */
class Groups {
  readonly #left: NumberList;
  readonly #failures: NumberList;
  readonly #rows: Chains;
  readonly #candidates: Chains;
  readonly length: number;

  constructor(rows: StatementRows, left: NumberList, candidates: Candidates, failures: NumberList) {
    this.#left = left;
    this.#failures = failures;
    const keys = new CorrespondenceKeys();
    const index = new PairIndex(left.length);
    this.#rows = new Chains(left.length, left.length);
    for (let at = 0; at < left.length; at++) {
      const row = left.at(at);
      const key = keys.of(rows.correspondenceNumber(row), () => rows.correspondence(row));
      if (!Number.isNaN(key)) this.#rows.add(index.enter(key, rows.amount(row)), at);
    }
    this.length = index.length;
    this.#candidates = new Chains(this.length, failures.length);
    for (let at = 0; at < failures.length; at++) {
      const candidate = failures.at(at);
      const key = keys.of(candidates.correspondenceNumber(candidate), () => candidates.correspondence(candidate));
      const group = Number.isNaN(key) ? NONE : index.find(key, candidates.amount(candidate));
      if (group !== NONE) this.#candidates.add(group, at);
    }
  }

  /** The first of each side and the one after it; NONE where there is none. */
  heads(group: number) {
    const row = this.#rows.first(group);
    const candidate = this.#candidates.first(group);
    return {
      row: this.#left.at(row),
      nextRow: this.#rows.next(row),
      candidate: candidate === NONE ? NONE : this.#failures.at(candidate),
      nextCandidate: candidate === NONE ? NONE : this.#candidates.next(candidate),
    };
  }

  rowsOf(group: number): readonly number[] {
    return this.#rows.of(group).map((at) => this.#left.at(at));
  }

  candidatesOf(group: number): readonly number[] {
    return this.#candidates.of(group).map((at) => this.#failures.at(at));
  }
}

/** Lists of numbers below a limit, each number in one list at most. */
class Chains {
  readonly #first: Int32Array;
  readonly #next: Int32Array;

  constructor(lists: number, numbers: number) {
    this.#first = new Int32Array(lists).fill(NONE);
    this.#next = new Int32Array(numbers);
  }

  add(list: number, value: number): void {
    this.#next[value] = this.#first[list] ?? NONE;
    this.#first[list] = value;
  }

  first(list: number): number {
    return this.#first[list] ?? NONE;
  }

  next(value: number): number {
    return this.#next[value] ?? NONE;
  }

  of(list: number): number[] {
    const values: number[] = [];
    for (let value = this.first(list); value !== NONE; value = this.next(value)) values.push(value);
    return values;
  }
}

const DIGITS = /^[1-9]\d{0,14}$/u;

/** One number for each phone or custom reference: digits are their own number, other texts get negative ones. */
class CorrespondenceKeys {
  readonly #texts = new Map<string, number>();

  /** @returns NaN where there is nothing to compare */
  of(known: number, text: () => string | undefined): number {
    if (!Number.isNaN(known)) return known;
    const correspondence = text();
    if (correspondence === undefined) return Number.NaN;
    if (DIGITS.test(correspondence)) return Number(correspondence);
    const key = this.#texts.get(correspondence) ?? -1 - this.#texts.size;
    this.#texts.set(correspondence, key);
    return key;
  }
}
