import type { Candidates } from './candidates.ts';
import { statusVerdict, type Verdict } from './ledger.ts';
import { type ColumnIndexes, decimalsOf, LONGEST_ID, LONGEST_TEXT } from './ledger-intake.ts';
import { MINOR_DIGITS } from './money.ts';
import type { ExcludeClause, Operator } from './operator.ts';
import { NOT_PLAIN, PHONE_TEXT, plainAmount, plainPhone } from './plain-cells.ts';
import { plainInstantMicros } from './plain-moment.ts';
import { PlainRow } from './plain-row.ts';
import type { CellBlock } from './rows.ts';
import { WordColumn } from './word-column.ts';

/** A value that a selection names. */
interface Wanted {
  readonly column: number;
  readonly text: Uint8Array;
}

const encoder = new TextEncoder();

/**
 * Takes ledger rows whose cells are spelled in the plainest way straight from their bytes: nearly all rows of an export. It has no rule of
 * its own: what it is not certain of it leaves to the reader of texts.
 */
export class PlainLedger {
  readonly #candidates: Candidates;
  readonly #columns: ColumnIndexes;
  readonly #wanted: readonly Wanted[];
  readonly #excluded: readonly (readonly Wanted[])[];
  /** Columns that decide on the selection: they must be plain to be compared. */
  readonly #deciding: readonly number[];
  readonly #scale: number;
  readonly #row = new PlainRow();
  readonly #currencies = new WordColumn();
  readonly #decimals: number[] = [];
  readonly #verdicts: Verdict[] = [];

  constructor(operator: Operator, columns: ColumnIndexes, candidates: Candidates) {
    this.#candidates = candidates;
    this.#columns = columns;
    this.#wanted = wantedValues(operator.ledger, columns);
    this.#excluded = operator.ledger.exclude.map((clause) => wantedValues(clause, columns));
    this.#deciding = [...new Set([this.#wanted, ...this.#excluded].flat().map(({ column }) => column))];
    this.#scale = 10 ** MINOR_DIGITS[operator.currency];
  }

  /** Takes row `index` of a block as the next candidate; false where it is not plain, and nothing has happened. */
  take(block: CellBlock, index: number): boolean {
    const row = this.#row;
    const { createdAt, transId, amount, currency, paymentMethod, status, payid, phone, custom } = this.#columns;
    if (!row.open(block, index) || row.isEmpty(transId) || !row.isTrimmed(transId) || row.size > LONGEST_TEXT) return false;
    if (row.length(transId) > LONGEST_ID || row.length(paymentMethod) > LONGEST_ID || row.isEmpty(paymentMethod)) return false;
    const { bytes } = row;
    const created = plainInstantMicros(bytes, row.start(createdAt), row.end(createdAt));
    const whole = plainAmount(bytes, row.start(amount), row.end(amount));
    if (Number.isNaN(created) || whole === NOT_PLAIN) return false;
    for (const column of this.#deciding) if (!row.isTrimmed(column)) return false;
    if (!this.#isSelected()) {
      this.#candidates.pushPlainOut(bytes, row.start(transId), row.end(transId));
      return true;
    }
    const phoneKind = row.isEmpty(phone) ? PHONE_TEXT : plainPhone(bytes, row.start(phone), row.end(phone));
    if (phoneKind === NOT_PLAIN || !row.isTrimmed(payid) || !row.isTrimmed(custom) || !row.isTrimmed(status)) return false;
    const statusWord = this.#candidates.statuses.idOf(bytes, row.start(status), row.end(status));
    const decimals = this.#decimalsOf(currency);
    this.#candidates.pushPlain(row, this.#columns, created, whole * this.#scale, decimals, this.#verdict(statusWord), statusWord, phoneKind);
    return true;
  }

  #isSelected(): boolean {
    if (!this.#carries(this.#wanted)) return false;
    for (const clause of this.#excluded) if (this.#carries(clause)) return false;
    return true;
  }

  #carries(values: readonly Wanted[]): boolean {
    for (const { column, text } of values) if (!this.#row.isText(column, text)) return false;
    return true;
  }

  #verdict(statusWord: number): Verdict {
    const known = this.#verdicts[statusWord];
    if (known !== undefined) return known;
    const verdict = statusVerdict(this.#candidates.statuses.word(statusWord));
    this.#verdicts[statusWord] = verdict;
    return verdict;
  }

  #decimalsOf(column: number): number {
    const word = this.#currencies.idOf(this.#row.bytes, this.#row.start(column), this.#row.end(column));
    const known = this.#decimals[word];
    if (known !== undefined) return known;
    const decimals = decimalsOf(this.#currencies.word(word));
    this.#decimals[word] = decimals;
    return decimals;
  }
}

function wantedValues(values: ExcludeClause, columns: ColumnIndexes): readonly Wanted[] {
  return (['paymentMethod', 'merchant', 'serviceName'] as const).flatMap((field) => {
    const value = values[field];
    return value === undefined ? [] : [{ column: columns[field], text: encoder.encode(value) }];
  });
}
