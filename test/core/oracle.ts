/**
 * The rules of matching.md, sections 2 to 4, written from its text alone: no index, no order of input, every choice made by looking
 * at everything. Slow on purpose; it imports nothing of what it judges.
 */

/** A statement row, read. */
export interface PlainRow {
  readonly number: number;
  /** UTC seconds. */
  readonly second: number;
  readonly payid: string;
  readonly amount: number;
  /** Phone, or the transId of a layout without phone. */
  readonly key: string;
}

/** A ledger row of the operator's selection, read. */
export interface PlainTransaction {
  readonly id: string;
  /** UTC microseconds. */
  readonly micros: number;
  readonly payid: string;
  readonly amount: number;
  readonly status: string;
  /** Phone, or the custom reference where the layout has no phone. */
  readonly key: string;
}

/** First and last microsecond of a period, both in it. */
export interface PlainPeriod {
  readonly first: number;
  readonly last: number;
  readonly marginMinutes: number;
}

export interface Verdict {
  readonly rapproche: readonly (readonly [number, string])[];
  readonly montant_different: readonly (readonly [number, string])[];
  readonly doublon_operateur: readonly number[];
  readonly doublon_cinetpay: readonly string[];
  readonly correspondent: readonly (readonly [number, string])[];
  readonly ambigu: readonly number[];
  readonly not_correspondent: readonly number[];
  readonly absent_operateur: readonly string[];
  readonly limite: readonly string[];
  readonly montantOperateur: number;
  readonly montantCinetpay: number;
  readonly countOperator: number;
  readonly countCinetpay: number;
}

interface Choice {
  readonly row: PlainRow;
  readonly transaction: PlainTransaction;
}

const MINUTE = 60_000_000;

export function judge(rows: readonly PlainRow[], transactions: readonly PlainTransaction[], period: PlainPeriod): Verdict {
  const margin = period.marginMinutes * MINUTE;
  const inPeriod = ({ micros }: PlainTransaction) => micros >= period.first && micros <= period.last;
  const inWindow = ({ micros }: PlainTransaction) => micros >= period.first - margin && micros <= period.last + margin;
  const candidates = transactions.filter(inWindow);
  const successes = candidates.filter(({ status }) => isSuccess(status));
  const failures = candidates.filter(({ status }) => !isSuccess(status));

  const duplicateRows = rows.filter((row) => rows.some((other) => sameReference(row, other) && rowComesFirst(other, row)));
  const found = rows
    .filter((row) => !duplicateRows.includes(row))
    .flatMap((row) => {
      const sharing = successes.filter((success) => sameReference(row, success));
      const first = sharing.find((success) => sharing.every((other) => other === success || transactionComesFirst(success, other)));
      return first === undefined ? [] : [{ row, transaction: first }];
    });
  const matched = found.filter(({ row, transaction }) => row.amount === transaction.amount);
  const different = found.filter(({ row, transaction }) => row.amount !== transaction.amount);
  const left = rows.filter((row) => !duplicateRows.includes(row) && !found.some((pair) => pair.row === row));
  const { pairs, ambiguous } = closestPairs(left, failures);
  const claimed = successes.filter((success) => found.some(({ transaction }) => transaction === success));
  const unclaimed = successes.filter((success) => !claimed.includes(success) && inPeriod(success));
  const duplicates = unclaimed.filter((success) => successes.some((other) => sameReference(success, other) && transactionComesFirst(other, success)));
  const absent = unclaimed.filter((success) => !duplicates.includes(success));
  const counted = successes.filter((success) => claimed.includes(success) || inPeriod(success));
  return {
    rapproche: written(matched),
    montant_different: written(different),
    doublon_operateur: duplicateRows.map(({ number }) => number).sort(ascending),
    doublon_cinetpay: duplicates.map(({ id }) => id).sort(),
    correspondent: written(pairs),
    ambigu: ambiguous.map(({ row }) => row.number).sort(ascending),
    not_correspondent: left
      .filter((row) => !pairs.some((pair) => pair.row === row))
      .map(({ number }) => number)
      .sort(ascending),
    absent_operateur: absent.map(({ id }) => id).sort(),
    limite: absent
      .filter(({ micros }) => micros < period.first + margin || micros > period.last - margin)
      .map(({ id }) => id)
      .sort(),
    montantOperateur: sum(rows),
    montantCinetpay: sum(counted),
    countOperator: rows.length,
    countCinetpay: counted.length,
  };
}

/** Takes the best pair of all that are left, until none is. */
function closestPairs(rows: readonly PlainRow[], failures: readonly PlainTransaction[]) {
  const pairs: Choice[] = [];
  const ambiguous: Choice[] = [];
  let choices = rows.flatMap((row) => failures.filter((failure) => corresponds(row, failure)).map((transaction) => ({ row, transaction })));
  let equallyClose: readonly Choice[] = [];
  let distance = -1;
  for (let [best] = choices.sort(bestFirst); best !== undefined; [best] = choices) {
    const taken = best;
    if (distanceOf(taken) !== distance) {
      distance = distanceOf(taken);
      equallyClose = choices.filter((choice) => distanceOf(choice) === distance);
    }
    pairs.push(taken);
    if (equallyClose.some((other) => other !== taken && sharesSide(other, taken))) ambiguous.push(taken);
    choices = choices.filter((choice) => !sharesSide(choice, taken));
  }
  return { pairs, ambiguous };
}

function corresponds(row: PlainRow, transaction: PlainTransaction): boolean {
  return !isEmpty(row.key) && row.key === transaction.key && row.amount === transaction.amount;
}

function sharesSide(one: Choice, other: Choice): boolean {
  return one.row === other.row || one.transaction === other.transaction;
}

function secondsAfter({ row, transaction }: Choice): number {
  return Math.floor(transaction.micros / 1_000_000) - row.second;
}

function distanceOf(choice: Choice): number {
  return Math.abs(secondsAfter(choice));
}

function bestFirst(one: Choice, other: Choice): number {
  if (distanceOf(one) !== distanceOf(other)) return distanceOf(one) - distanceOf(other);
  if (secondsAfter(one) !== secondsAfter(other)) return secondsAfter(other) - secondsAfter(one);
  if (one.transaction !== other.transaction) return transactionComesFirst(one.transaction, other.transaction) ? -1 : 1;
  if (one.row.second !== other.row.second) return one.row.second - other.row.second;
  if (one.row.payid !== other.row.payid) return one.row.payid < other.row.payid ? -1 : 1;
  return one.row.number - other.row.number;
}

function isSuccess(status: string): boolean {
  return ['SUCCES', 'SUCCESS', 'ACCEPTED'].includes(status.trim().toUpperCase());
}

function isEmpty(text: string): boolean {
  return ['', '-', 'NULL'].includes(text.trim().toUpperCase());
}

function sameReference(one: { readonly payid: string }, other: { readonly payid: string }): boolean {
  return one !== other && !isEmpty(one.payid) && one.payid === other.payid;
}

function rowComesFirst(one: PlainRow, other: PlainRow): boolean {
  if (one.second !== other.second) return one.second < other.second;
  if (one.amount !== other.amount) return one.amount < other.amount;
  return one.number < other.number;
}

function transactionComesFirst(one: PlainTransaction, other: PlainTransaction): boolean {
  return one.micros === other.micros ? one.id < other.id : one.micros < other.micros;
}

function written(choices: readonly Choice[]): readonly (readonly [number, string])[] {
  return choices.map(({ row, transaction }) => [row.number, transaction.id] as const).sort(([one], [other]) => one - other);
}

function sum(items: readonly { readonly amount: number }[]): number {
  return items.reduce((total, { amount }) => total + amount, 0);
}

function ascending(one: number, other: number): number {
  return one - other;
}
