import type { NoticedTache, NoticeState } from '../../core/notice.ts';

/** What a notice is about, and what people should read of its operator. */
export interface NoticeSubject {
  readonly tache: NoticedTache;
  readonly operatorName: string;
  /** IANA name: dates are shown as clocks there show them. */
  readonly timeZone: string;
  /** ISO 8601 UTC. */
  readonly madeAt: string;
}

export const WHAT_HAPPENED = {
  ATTENTE: 'à valider',
  TERMINEE: 'validé',
  ECHEC: 'en échec',
} as const satisfies Record<NoticeState, string>;

/** A text on one line: a line break in a subject would be a header of its own. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}
