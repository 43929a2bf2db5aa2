import type { Explanation, OpenKind, Proposal } from './open-item.ts';

interface Item {
  readonly kind: OpenKind;
  readonly tacheId: number;
  /** Its place in the details of its tache. */
  readonly position: number;
  readonly day: string;
  /** The reference; `undefined` matches nothing. */
  readonly payid: string | undefined;
  /** Minor units. */
  readonly amount: number;
  /** Id of the row, or of the transaction. */
  readonly name: string;
}

/** A statement row that nothing explains. */
export interface OpenRow extends Item {
  readonly kind: 'unexplained';
  /** 0-based number among the data rows of its statement. */
  readonly number: number;
  /** UTC seconds. */
  readonly time: number;
  /** Phone or custom reference; `undefined` matches nothing. */
  readonly correspondence: string | undefined;
}

/** A success that the operator does not have; its name is the transaction's id. */
export interface OpenAbsence extends Item {
  readonly kind: 'absent';
}

export type OpenItem = OpenRow | OpenAbsence;

/** A transaction of the operator's ledger as it is now. */
export interface LedgerFact {
  readonly transId: string;
  /** Microseconds since 1970. */
  readonly created: number;
  readonly payid: string | undefined;
  /** Minor units; NaN where it does not exist in the operator's currency. */
  readonly amount: number;
  readonly isSuccess: boolean;
  readonly status: string;
  /** Phone or custom reference. */
  readonly correspondence: string | undefined;
}

/** What another statement of the operator says of one payment. */
export type StatementFact =
  | ({ readonly kind: 'matched' | 'amount-differs' | 'correspondent'; readonly transId: string } & StatementLine)
  /** Itself open. */
  | { readonly kind: 'open'; readonly item: OpenItem };

interface StatementLine {
  readonly tacheId: number;
  /** Number of the row. */
  readonly row: number;
  readonly payid: string | undefined;
  readonly amount: number;
  readonly time: number;
}

/** What was found of an item: that it is explained, or what may explain it. */
export type Finding = { readonly item: OpenItem } & ({ readonly explanation: Explanation } | { readonly proposal: Proposal });

interface Found {
  readonly finding: Finding;
  /** Of two of the same weight the smaller one stands: whatever comes first, the same is found. */
  readonly order: string;
}

/**
 * Open items of one operator, to be held against whatever comes later. References explain; what has another amount, or only the phone and the amount, is
 * proposed. What is found does not depend on the order in which facts come.
 */
export class OpenIndex {
  readonly #rowsByPayid = new Map<string, OpenRow[]>();
  readonly #absencesByPayid = new Map<string, OpenAbsence[]>();
  readonly #absencesByTransId = new Map<string, OpenAbsence[]>();
  readonly #rowsByCorrespondence = new Map<string, OpenRow[]>();
  readonly #found = new Map<string, Found>();
  readonly #contenders: LedgerFact[] = [];

  constructor(items: Iterable<OpenItem>) {
    for (const item of items) {
      if (item.kind === 'absent') {
        add(this.#absencesByTransId, item.name, item);
        if (item.payid !== undefined) add(this.#absencesByPayid, item.payid, item);
      } else {
        if (item.payid !== undefined) add(this.#rowsByPayid, item.payid, item);
        if (item.correspondence !== undefined) add(this.#rowsByCorrespondence, correspondenceKey(item.correspondence, item.amount), item);
      }
    }
  }

  /** Takes note of a transaction as the ledger has it now. */
  seeTransaction(fact: LedgerFact): void {
    const absences = this.#absencesByTransId.get(fact.transId) ?? [];
    if (!fact.isSuccess) {
      for (const item of absences) this.#explain(item, { how: 'corrected', status: fact.status }, '');
      const key = fact.correspondence === undefined ? undefined : correspondenceKey(fact.correspondence, fact.amount);
      if (key !== undefined && this.#rowsByCorrespondence.has(key)) this.#contenders.push(fact);
      return;
    }
    const order = `${String(fact.created).padStart(20, '0')}#${fact.transId}`;
    for (const row of this.#rowsOf(fact.payid)) {
      if (row.amount === fact.amount) {
        this.#explain(row, { how: 'late-ledger', transId: fact.transId }, order);
        for (const absence of absences) this.#explain(absence, { how: 'late-operator', tacheId: row.tacheId, row: row.number }, rowOrder(row.tacheId, row.number));
      } else if (!Number.isNaN(fact.amount)) this.#propose(row, { how: 'amount-differs', amount: fact.amount, transId: fact.transId }, order);
    }
  }

  /** Takes note of a line of another statement's result. */
  seeStatement(fact: StatementFact): void {
    if (fact.kind === 'open') {
      this.#seeOpen(fact.item);
      return;
    }
    const { tacheId, row, payid, amount, time, transId } = fact;
    const order = rowOrder(tacheId, row);
    for (const absence of this.#absencesByTransId.get(transId) ?? []) {
      if (absence.tacheId === tacheId) continue;
      if (fact.kind === 'matched') this.#explain(absence, { how: 'late-operator', tacheId, row }, order);
      else if (fact.kind === 'amount-differs') this.#propose(absence, { how: 'amount-differs', amount, tacheId, row }, order);
    }
    for (const open of this.#rowsOf(payid)) {
      if (open.tacheId === tacheId || open.amount !== amount) continue;
      if (fact.kind === 'matched') this.#explain(open, { how: 'late-ledger', transId }, order);
      else if (fact.kind === 'correspondent' && open.time === time && open.tacheId < tacheId) this.#explain(open, { how: 'carried', tacheId }, order);
    }
  }

  /** What was found, in the order of taches and positions; explanations before proposals are all that is told of an item. */
  findings(): readonly Finding[] {
    return Array.from(this.#found.values(), ({ finding }) => finding).sort((one, other) => compareItems(one.item, other.item));
  }

  /** Transactions that are no successes and have the phone and the amount of some row, by creation. */
  contenders(): readonly LedgerFact[] {
    return [...this.#contenders].sort((one, other) => one.created - other.created || (one.transId < other.transId ? -1 : 1));
  }

  /** The rows that a transaction may be, but for those that are explained. */
  rowsLike({ correspondence, amount }: LedgerFact): readonly OpenRow[] {
    if (correspondence === undefined) return [];
    const rows = this.#rowsByCorrespondence.get(correspondenceKey(correspondence, amount)) ?? [];
    return rows.filter((row) => !this.#found.has(nameOf(row)));
  }

  /** An open item of another statement: the two explain each other, or are the same twice. */
  #seeOpen(other: OpenItem): void {
    if (other.kind === 'unexplained') {
      for (const absence of this.#absencesOf(other.payid)) this.#cross(other, absence);
      for (const row of this.#rowsOf(other.payid)) if (row.time === other.time && row.amount === other.amount) this.#carry(row, other);
    } else {
      for (const row of this.#rowsOf(other.payid)) this.#cross(row, other);
      for (const absence of this.#absencesByTransId.get(other.name) ?? []) this.#carry(absence, other);
    }
  }

  /** A row and a success of one reference, each of which its own tache could not place. */
  #cross(row: OpenRow, absence: OpenAbsence): void {
    if (row.tacheId === absence.tacheId) return;
    const order = rowOrder(row.tacheId, row.number);
    if (row.amount === absence.amount) {
      this.#explain(row, { how: 'late-ledger', transId: absence.name }, absence.name);
      this.#explain(absence, { how: 'late-operator', tacheId: row.tacheId, row: row.number }, order);
      return;
    }
    this.#propose(row, { how: 'amount-differs', amount: absence.amount, transId: absence.name }, absence.name);
    this.#propose(absence, { how: 'amount-differs', amount: row.amount, tacheId: row.tacheId, row: row.number }, order);
  }

  /** What stands in two taches is open in the later one only. */
  #carry(one: OpenItem, other: OpenItem): void {
    if (one.tacheId === other.tacheId) return;
    const [earlier, later] = one.tacheId < other.tacheId ? [one, other] : [other, one];
    this.#explain(earlier, { how: 'carried', tacheId: later.tacheId }, `~${String(later.tacheId).padStart(12, '0')}`);
  }

  #rowsOf(payid: string | undefined): readonly OpenRow[] {
    return payid === undefined ? [] : (this.#rowsByPayid.get(payid) ?? []);
  }

  #absencesOf(payid: string | undefined): readonly OpenAbsence[] {
    return payid === undefined ? [] : (this.#absencesByPayid.get(payid) ?? []);
  }

  #explain(item: OpenItem, explanation: Explanation, order: string): void {
    this.#find({ item, explanation }, `0${order}`);
  }

  #propose(item: OpenItem, proposal: Proposal, order: string): void {
    this.#find({ item, proposal }, `1${order}`);
  }

  #find(finding: Finding, order: string): void {
    const name = nameOf(finding.item);
    const known = this.#found.get(name);
    if (known === undefined || order < known.order) this.#found.set(name, { finding, order });
  }
}

function add<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function correspondenceKey(correspondence: string, amount: number): string {
  return `${amount} ${correspondence}`;
}

function nameOf({ tacheId, kind, position }: OpenItem): string {
  return `${tacheId}/${kind}/${position}`;
}

function rowOrder(tacheId: number, row: number): string {
  return `${String(tacheId).padStart(12, '0')}#${String(row).padStart(9, '0')}`;
}

function compareItems(one: OpenItem, other: OpenItem): number {
  if (one.tacheId !== other.tacheId) return one.tacheId - other.tacheId;
  if (one.kind !== other.kind) return one.kind < other.kind ? 1 : -1;
  return one.position - other.position;
}
