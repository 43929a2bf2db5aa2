import { Candidates } from './candidates.ts';
import { expectedRows } from './expected-rows.ts';
import { LedgerReader, type RejectedTransaction } from './ledger-intake.ts';
import type { Operator } from './operator.ts';
import { PlainLedger } from './plain-ledger.ts';
import type { CellBlock, Row } from './rows.ts';
import { eachRepeatedText, SortedTexts } from './sorted-texts.ts';
import type { CellConventions } from './statement.ts';

/** Reads the rows of a ledger export into the candidates of an operator. Of two rows of one transaction the later counts, as in the ledger. */
export class LedgerCollector {
  readonly #candidates: Candidates;
  readonly #operator: Operator;
  readonly #reader: LedgerReader;
  readonly #typed: boolean;
  #plain: PlainLedger | undefined;

  constructor(operator: Operator, conventions: CellConventions) {
    this.#candidates = new Candidates(operator);
    this.#operator = operator;
    this.#reader = new LedgerReader(conventions);
    this.#typed = conventions.typed;
  }

  /** Data rows read so far. */
  get count(): number {
    return this.#reader.count;
  }

  get rejected(): readonly RejectedTransaction[] {
    return this.#reader.rejected;
  }

  get headerFound(): boolean {
    return this.#reader.headerFound;
  }

  /** @param fraction share of the file that was read, 0–1 */
  expectMore(fraction: number): void {
    this.#candidates.expect(expectedRows(this.#candidates.length, fraction));
  }

  read(batch: readonly Row[]): void {
    for (const transaction of this.#reader.read(batch)) this.#candidates.push(transaction);
  }

  readBlock(block: CellBlock): void {
    for (let index = 0; index < block.rowCount; index++) {
      if (this.#plain?.take(block, index) === true) this.#reader.countRow();
      else {
        this.read([block.row(index)]);
        this.#lookForColumns();
      }
    }
  }

  /** What was read, once all of it is. */
  end(): Candidates {
    const transactions = new SortedTexts(this.#candidates.transIds);
    eachRepeatedText(transactions, (rows) => {
      for (const earlier of rows.slice(0, -1)) this.#candidates.takeOut(earlier);
    });
    return this.#candidates;
  }

  #lookForColumns(): void {
    const { columns } = this.#reader;
    // In a format with types a cell of digits is what it says.
    if (this.#plain !== undefined || columns === undefined || this.#typed) return;
    this.#plain = new PlainLedger(this.#operator, columns, this.#candidates);
  }
}
