import type { Tache, TacheOutcome } from '../core/tache.ts';

/** What an export is about: a tache with a result, and what people should read of its operator. */
export interface ExportSubject {
  readonly tache: Tache;
  readonly outcome: TacheOutcome;
  readonly operatorName: string;
  /** IANA name: dates are shown as clocks there show them. */
  readonly timeZone: string;
  /** Hash of the journal's last entry: whoever signs the export signs the journal up to there. */
  readonly journal: { readonly entries: number; readonly hash: string } | undefined;
  /** ISO 8601 UTC. */
  readonly madeAt: string;
}
