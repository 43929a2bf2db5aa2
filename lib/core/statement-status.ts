import type { Operator } from './operator.ts';
import { cellText } from './reference.ts';
import { remembering } from './remembering.ts';
import { wordKey } from './words.ts';

/** A status word that neither of an operator's lists knows, as the file spells it. */
export interface UnclassifiedStatus {
  readonly word: string;
  readonly rows: number;
}

type Verdict = 'success' | 'not-successful' | 'unclassified';

/** Judges the status words of one statement. */
export interface StatusVerdict {
  judge(status: string): Verdict;
  /** As `judge`, of a word that no row is counted for. */
  isSuccess(status: string): boolean;
  /** The words that were judged unclassified, the most frequent first. */
  unclassified(): readonly UnclassifiedStatus[];
}

/** A status column that holds something else entirely should not fill the memory with its words. */
const MOST_WORDS = 1_000;

/** Words are compared without case and accents. Where an operator declares no words of success every row counts; an empty status is judged as a missing value elsewhere. */
export function statusWords({ successStatuses, failureStatuses }: Pick<Operator, 'successStatuses' | 'failureStatuses'>): StatusVerdict {
  if (successStatuses === undefined) return { judge: () => 'success', isSuccess: () => true, unclassified: () => [] };
  const success = new Set(successStatuses.map(wordKey));
  const failure = failureStatuses && new Set(failureStatuses.map(wordKey));
  const counts = new Map<string, number>();
  const judged = (status: string): Verdict => {
    const key = wordKey(status);
    if (key === '' || success.has(key)) return 'success';
    return failure === undefined || failure.has(key) ? 'not-successful' : 'unclassified';
  };
  const judgedOnce = remembering(judged);
  return {
    judge(status) {
      const verdict = judgedOnce(status);
      if (verdict === 'unclassified' && (counts.has(status) || counts.size < MOST_WORDS)) counts.set(status, (counts.get(status) ?? 0) + 1);
      return verdict;
    },
    isSuccess: (status) => judged(status) === 'success',
    unclassified: () => Array.from(counts, ([word, rows]) => ({ word: cellText(word), rows })).sort((one, other) => other.rows - one.rows || (one.word < other.word ? -1 : 1)),
  };
}
