import { noticeOf } from '../core/notice.ts';
import type { Tache } from '../core/tache.ts';
import type { NoticeQueue } from '../ports.ts';

/** Has people told of a tache as it stands, where there is something to tell: whoever changed it does, once its journal is written, and again where it may not have come to that. */
export async function announce(notices: NoticeQueue, tache: Tache): Promise<void> {
  const notice = noticeOf(tache);
  if (notice !== undefined) await notices.send(notice);
}
