import { instantMicros } from '../core/local-time.ts';
import type { OpenItem, StatementFact } from '../core/open-index.ts';
import { businessDays, NOTHING, type OpenKind, type OpenPage, PAGE_ITEMS, plus } from '../core/open-item.ts';
import type { Operator } from '../core/operator.ts';
import { reference } from '../core/reference.ts';
import type { Tache, TacheOutcome } from '../core/tache.ts';
import { readResultLines } from '../exports/read-result-lines.ts';
import type { ResultLine } from '../exports/result-line.ts';
import type { Objects } from '../ports.ts';
import { resultKey } from './result-lines.ts';

const MICROS = 1_000_000;

/** Where the anomalies that are absences begin within the list of anomalies. */
export function firstAbsence({ counts }: TacheOutcome): number {
  return counts.amountDiffers + counts.statementDuplicates + counts.ledgerDuplicates;
}

/** Reads the result of a tache from its first line to its last, and tells of each what it says to the open items of others. @throws Error where the result is gone */
export async function readFacts(objects: Objects, tache: Tache, outcome: TacheOutcome, timeZone: string, see: (fact: StatementFact) => void): Promise<void> {
  const file = await objects.spool({ key: resultKey(tache.id, outcome.edition) });
  if (file === undefined) throw new Error(`the result of tache ${tache.id} is gone`);
  try {
    const facts = new Facts(tache.id, firstAbsence(outcome), businessDays(timeZone));
    for await (const batch of readResultLines(file.path)) {
      for (const line of batch) {
        const fact = facts.of(line);
        if (fact !== undefined) see(fact);
      }
    }
  } finally {
    await file.remove();
  }
}

/** The pages of what a tache leaves open: a statement of a month has one for each of its days. */
export class PagesBuilder {
  readonly #pages = new Map<string, OpenPage>();
  readonly #tache: Tache;
  readonly #outcome: TacheOutcome;
  readonly #operator: Operator;
  readonly #openedAt: string;

  constructor(tache: Tache, outcome: TacheOutcome, operator: Operator, openedAt: string) {
    this.#tache = tache;
    this.#outcome = outcome;
    this.#operator = operator;
    this.#openedAt = openedAt;
  }

  add({ kind, position, day, amount }: OpenItem): void {
    const number = Math.floor(position / PAGE_ITEMS);
    const key = `${day} ${kind} ${number}`;
    const page = this.#pages.get(key) ?? this.#empty(day, kind, number);
    this.#pages.set(key, { ...page, opened: plus(page.opened, { count: 1, amount }) });
  }

  get pages(): readonly OpenPage[] {
    return [...this.#pages.values()];
  }

  #empty(day: string, kind: OpenKind, page: number): OpenPage {
    const { id: tacheId, owner, currency } = this.#tache;
    const { code: operatorCode, timeZone } = this.#operator;
    const { counts, edition } = this.#outcome;
    const listed = kind === 'unexplained' ? counts.unexplained : firstAbsence(this.#outcome) + counts.absent;
    return {
      operatorCode,
      day,
      tacheId,
      edition,
      kind,
      page,
      rows: Math.min(PAGE_ITEMS, listed - page * PAGE_ITEMS),
      owner,
      currency,
      timeZone,
      openedAt: this.#openedAt,
      opened: NOTHING,
      resolved: NOTHING,
      // Somebody may have worked by hand before it was open.
      isCounted: false,
    };
  }
}

/** Tells lines apart: those of a class come in the order of the details, so that their number among them is their position there. */
class Facts {
  readonly #tacheId: number;
  readonly #dayOf: (instant: string) => string;
  #nextRow = 0;
  #nextAbsence: number;

  constructor(tacheId: number, firstAbsencePosition: number, dayOf: (instant: string) => string) {
    this.#tacheId = tacheId;
    this.#nextAbsence = firstAbsencePosition;
    this.#dayOf = dayOf;
  }

  of(line: ResultLine): StatementFact | undefined {
    const tacheId = this.#tacheId;
    switch (line.classe) {
      case 'rapproche':
        return { kind: 'matched', transId: line.cpm_trans_id, ...this.#line(line) };
      case 'montant_different':
        return { kind: 'amount-differs', transId: line.cpm_trans_id, ...this.#line(line) };
      case 'correspondent':
        return { kind: 'correspondent', transId: line.cpm_trans_id, ...this.#line(line) };
      case 'not_correspondent': {
        const { row: number, payid, amount, time } = this.#line(line);
        const place = { tacheId, position: this.#nextRow++, day: this.#dayOf(line.date), name: String(line.id) };
        return { kind: 'open', item: { ...place, kind: 'unexplained', number, payid, amount, time, correspondence: undefined } };
      }
      case 'absent_operateur': {
        const place = { tacheId, position: this.#nextAbsence++, day: this.#dayOf(line.created_at), name: line.cpm_trans_id };
        return { kind: 'open', item: { ...place, kind: 'absent', payid: reference(line.cpm_payid), amount: line.cpm_montant } };
      }
      default:
        return undefined;
    }
  }

  #line({ ligne, payid, montant, date }: Pick<Extract<ResultLine, { classe: 'not_correspondent' }>, 'ligne' | 'payid' | 'montant' | 'date'>) {
    return { tacheId: this.#tacheId, row: ligne, payid: reference(payid), amount: montant, time: (instantMicros(date) ?? 0) / MICROS };
  }
}
