import { zoneConverter } from './local-time.ts';
import { MINOR_DIGITS } from './money.ts';
import type { Operator } from './operator.ts';
import { NOT_PLAIN, plainAmount, plainPhone } from './plain-cells.ts';
import { type PlainMoment, plainMoment } from './plain-moment.ts';
import { PlainRow } from './plain-row.ts';
import type { CellBlock } from './rows.ts';
import type { HeaderColumns } from './statement-header.ts';
import type { KeptCells, StatementRows } from './statement-rows.ts';

/** What a layout may say beside its columns and moment for its rows to be taken from their bytes. */
const PLAIN_LAYOUT: ReadonlySet<string> = new Set(['name', 'moment', 'columns', 'sheet', 'headerRows', 'search']);
const NO_PHONE = 0;

/** Whether a word means that the row counts: its status is a success, its account the operator's. */
export type WordJudge = (word: string) => boolean;

/**
 * Takes statement rows whose cells are spelled in the plainest way straight from their bytes: nearly all rows of an export. It has no rule
 * of its own: what it is not certain of, and what is set aside or bad, it leaves to the reader of texts.
 */
export class PlainStatement {
  readonly #rows: StatementRows;
  readonly #columns: HeaderColumns;
  readonly #kept: KeptCells;
  readonly #moment: PlainMoment;
  readonly #dateColumn: number;
  readonly #timeColumn: number;
  readonly #scale: number;
  readonly #isSuccess: WordJudge;
  readonly #isOwn: WordJudge;
  readonly #row = new PlainRow();
  readonly #successes: boolean[] = [];
  readonly #owns: boolean[] = [];

  /** `undefined` where the layout has something to say about rows that only the reader of texts knows. */
  static of(operator: Operator, columns: HeaderColumns, rows: StatementRows, isSuccess: WordJudge, isOwn: WordJudge): PlainStatement | undefined {
    if (Object.keys(operator.layout).some((key) => !PLAIN_LAYOUT.has(key))) return undefined;
    const moment = plainMoment(operator.layout.moment, zoneConverter(operator.timeZone));
    return moment && new PlainStatement(operator, columns, rows, moment, isSuccess, isOwn);
  }

  private constructor(operator: Operator, columns: HeaderColumns, rows: StatementRows, moment: PlainMoment, isSuccess: WordJudge, isOwn: WordJudge) {
    this.#rows = rows;
    this.#columns = columns;
    this.#kept = { payid: columns.payid, amount: columns.amount, phone: columns.phone ?? -1, transId: columns.transId ?? -1 };
    this.#moment = moment;
    const [date = -1, time = date] = columns.moment;
    this.#dateColumn = date;
    this.#timeColumn = time;
    this.#scale = 10 ** MINOR_DIGITS[operator.currency];
    this.#isSuccess = isSuccess;
    this.#isOwn = isOwn;
  }

  /** Takes row `index` of a block as the row of that number; false where it is not plain or does not count, and nothing has happened. */
  take(block: CellBlock, index: number, number: number): boolean {
    const row = this.#row;
    const { payid, status, amount, account } = this.#columns;
    const { phone, transId } = this.#kept;
    if (!row.open(block, index) || row.isEmpty(payid) || !row.isTrimmed(payid) || !row.isTrimmed(transId)) return false;
    const { bytes } = row;
    const day = this.#moment.day(bytes, row.start(this.#dateColumn), row.end(this.#dateColumn));
    const time = day + this.#moment.time(bytes, row.start(this.#timeColumn), row.end(this.#timeColumn));
    const whole = plainAmount(bytes, row.start(amount), row.end(amount));
    const phoneKind = phone === -1 ? NO_PHONE : plainPhone(bytes, row.start(phone), row.end(phone));
    if (Number.isNaN(time) || whole === NOT_PLAIN || phoneKind === NOT_PLAIN) return false;
    if (row.isEmpty(status) || !row.isTrimmed(status) || row.isEmpty(account) || !row.isTrimmed(account)) return false;
    const { statuses, accounts } = this.#rows;
    const statusWord = statuses.idOf(bytes, row.start(status), row.end(status));
    const accountWord = accounts.idOf(bytes, row.start(account), row.end(account));
    this.#successes[statusWord] ??= this.#isSuccess(statuses.word(statusWord));
    this.#owns[accountWord] ??= this.#isOwn(accounts.word(accountWord));
    if (this.#successes[statusWord] !== true || this.#owns[accountWord] !== true) return false;
    this.#rows.pushPlain(row, this.#kept, number, time, whole * this.#scale, phoneKind, statusWord, accountWord);
    return true;
  }
}
