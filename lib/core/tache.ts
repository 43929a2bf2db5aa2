import type { Bridge } from './bridge.ts';
import type { Totals } from './classes.ts';
import type { Currency } from './operator.ts';
import type { PeriodBounds, ShownPeriod } from './period.ts';
import type { Validation } from './validation.ts';

/** CREATION → ENCOURS → ATTENTE (of validation) → VALIDEE → TERMINEE, or ECHEC: a file that could not be processed. */
export const TACHE_STATES = ['CREATION', 'ENCOURS', 'ATTENTE', 'VALIDEE', 'TERMINEE', 'ECHEC'] as const;
export type TacheState = (typeof TACHE_STATES)[number];

/** A change of state: it happens only from one of the states that it names. */
export interface Transition {
  readonly from: readonly TacheState[];
  readonly to: TacheState;
}

/** Beginning twice is allowed: a message can be delivered again after a crash. */
export const BEGIN = { from: ['CREATION', 'ENCOURS'], to: 'ENCOURS' } as const satisfies Transition;
export const COMPLETE = { from: ['ENCOURS'], to: 'ATTENTE' } as const satisfies Transition;
export const FAIL = { from: ['CREATION', 'ENCOURS'], to: 'ECHEC' } as const satisfies Transition;
/** Work that a service failed is abandoned in ECHEC too, but its message, delivered once more, takes it up again. */
export const RESUME = { from: ['ECHEC'], to: 'ENCOURS' } as const satisfies Transition;

/** Of two who validate at once one wins: there is one way out of ATTENTE. */
export const VALIDATE = { from: ['ATTENTE'], to: 'VALIDEE' } as const satisfies Transition;
export const FINISH = { from: ['VALIDEE'], to: 'TERMINEE' } as const satisfies Transition;

/** The owner of taches that came by the drop folder: no user has this name. */
export const DROP_OWNER = 'depot';

/** Where the bytes of a statement lie. */
export interface StatementObject {
  readonly key: string;
  readonly versionId?: string | undefined;
}

/** An object that came. `bytes`: its size, where whoever tells of it knows. */
export interface ArrivedObject extends StatementObject {
  readonly bytes?: number | undefined;
}

/** How far the work has come while it runs. */
export interface TacheProgress {
  readonly step: 'lecture' | 'rapprochement' | 'ecriture';
  /** Statement rows read. */
  readonly rows: number;
  /** 0–100. */
  readonly percent: number;
}

/** How many rows each class holds, and what was read without being counted. */
export interface TacheCounts {
  readonly matched: number;
  readonly amountDiffers: number;
  readonly statementDuplicates: number;
  readonly ledgerDuplicates: number;
  readonly correspondents: number;
  readonly unexplained: number;
  readonly absent: number;
  readonly nearEdge: number;
  readonly ambiguous: number;
  readonly unclassified: number;
  readonly read: number;
  readonly setAside: number;
  readonly bad: number;
  readonly skipped: number;
  /** Ledger rows whose amount does not exist in the operator's currency. */
  readonly foreign: number;
}

/** The result of a reconciliation as its tache carries it. */
export interface TacheOutcome {
  readonly totals: Totals;
  readonly bridge: Bridge;
  readonly counts: TacheCounts;
  /** Which details belong to these figures: a run that saw another ledger has written others. */
  readonly edition: string;
}

/** One reconciliation of one statement: the unit of work that agents see. */
export interface Tache {
  readonly id: number;
  /** ISO 8601 UTC with six decimals. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly state: TacheState;
  /** User name of whoever sent the statement; DROP_OWNER for the drop folder. */
  readonly owner: string;
  readonly fileName: string;
  /** French; for ECHEC the reason. */
  readonly description: string;
  /** In ECHEC: whether the reason was technical, so that the work may be taken up again. */
  readonly resumable?: boolean | undefined;
  readonly operatorCode: string;
  readonly operatorId: number;
  readonly currency: Currency;
  readonly bounds: PeriodBounds;
  readonly period?: ShownPeriod | undefined;
  readonly source: StatementObject;
  readonly progress?: TacheProgress | undefined;
  readonly outcome?: TacheOutcome | undefined;
  readonly validation?: Validation | undefined;
}
